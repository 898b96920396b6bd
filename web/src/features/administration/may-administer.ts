import type { Me, Permission } from '@/core/api'

const administering: readonly string[] = [
  'org.manage',
  'identity.grant',
  'sites.manage',
  'policies.manage',
] satisfies Permission[]

/** Whether there is anything for me to administer: decides about the entry in the rail. */
export function mayAdminister({ permissions }: Me): boolean {
  return permissions.some(({ permission }) => administering.includes(permission))
}
