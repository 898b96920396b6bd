import { useLingui } from '@lingui/react/macro'

export interface KeptBackWords {
  /** What sort of thing an event type says. */
  kind: (type: string) => string
  /** Why it is not believed. */
  reason: (reason: string) => string
}

/** What is kept back, in the reader's words; what it says itself is not shown: it may be somebody's message. */
export function useKeptBackWords(): KeptBackWords {
  const { t } = useLingui()
  const kinds: Record<string, string> = {
    messaging: t`In a conversation`,
    org: t`Units and people`,
    identity: t`Accounts and roles`,
  }
  const reasons: Record<string, string> = {
    not_at_home: t`About a unit or person of another site`,
    stranger: t`On behalf of someone who is not a member`,
    not_a_member: t`The author is not in the conversation`,
    not_allowed: t`The author may not do this`,
    unheard_of: t`About something that is not here`,
    number_taken: t`Under the number of something else`,
    beyond_limits: t`Longer, larger or of another form than anything people can write`,
    unknown_type: t`Not understood before the upgrade`,
    revoked: t`The access of the site was ended`,
  }
  return {
    kind: type => kinds[type.split('.')[0] ?? ''] ?? type,
    reason: reason => reasons[reason] ?? reason,
  }
}
