import { useLingui } from '@lingui/react/macro'

export const roles = ['admin', 'org_admin', 'auditor'] as const

export type RoleName = (typeof roles)[number]

export interface RoleWords {
  name: string
  /** What it allows. */
  hint: string
}

/** What roles are called and what they allow; a role this client does not know is shown by its own name. */
export function useRoleWords(): (role: string) => RoleWords {
  const { t } = useLingui()
  const words: Record<RoleName, RoleWords> = {
    admin: {
      name: t`Administrator`,
      hint: t`Manages units and people, gives roles, reads the audit log with the command line of the server`,
    },
    org_admin: { name: t`People administrator`, hint: t`Manages units and people` },
    auditor: { name: t`Auditor`, hint: t`Reads the audit log; so far with the command line of the server` },
  }
  return role => words[role as RoleName] ?? { name: role, hint: '' }
}
