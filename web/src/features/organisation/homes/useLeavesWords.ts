import { useLingui } from '@lingui/react/macro'
import type { Leaves, PolicyKind } from '@/core/api'

export interface LeavesWords {
  name: (leaves: Leaves) => string
  /** What it means. */
  hint: (leaves: Leaves) => string
  kind: (kind: PolicyKind) => string
}

/** What policies on what leaves a site are called, and what they mean. */
export function useLeavesWords(): LeavesWords {
  const { t } = useLingui()
  const names: Record<Leaves, string> = {
    everything: t`Everything`,
    shared: t`Only what is shared`,
    nothing: t`Nothing`,
  }
  const hints: Record<Leaves, string> = {
    everything: t`Headquarters keeps a copy of all that concerns these people, conversations among themselves included.`,
    shared: t`A conversation is copied to another site only while one of its members belongs to that site.`,
    nothing: t`It stays at the home site, as for data that must not leave the country. People of other sites cannot be brought into these conversations.`,
  }
  const kinds: Record<PolicyKind, string> = {
    conversation: t`Conversations`,
    session: t`Sign-ins and devices`,
    presence: t`Presence and typing`,
  }
  return { name: leaves => names[leaves], hint: leaves => hints[leaves], kind: kind => kinds[kind] }
}
