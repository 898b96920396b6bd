import type { Id, Leaves, Policy, PolicyKind } from '@/core/api'
import { type OrgTree, pathOf } from '@/features/contacts'

export const policyKinds: readonly PolicyKind[] = ['conversation', 'session', 'presence']
export const allLeaves: readonly Leaves[] = ['everything', 'shared', 'nothing']

/** Where nobody decided. */
const usual: Leaves = 'shared'

/** What the unit itself says; undefined: it says as the unit above. */
export function policyOf(policies: readonly Policy[], unit: Id): Policy | undefined {
  return policies.find(policy => policy.unit === unit && policy.kinds.length > 0)
}

/** What holds for a unit that says nothing itself: the nearest above that speaks of the kind counts. */
export function inherited(tree: OrgTree, policies: readonly Policy[], unit: Id, kind: PolicyKind): Leaves {
  const above = pathOf(tree, unit).slice(0, -1).reverse()
  for (const { id } of above) {
    const policy = policyOf(policies, id)
    if (policy?.kinds.includes(kind)) return policy.leaves
  }
  return usual
}
