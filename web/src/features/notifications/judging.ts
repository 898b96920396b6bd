import type { Conversation, EventFrame, EventOf, Id, Preferences } from '@/core/api'
import { isType } from '@/log'

/** Why a message calls me. */
export type Reason = 'mention' | 'everyone' | 'direct' | 'group'

/** A message of somebody else, as it came. */
export type Said = EventOf<'messaging.message_sent'>

/** What comes first when several call at once. */
const order: readonly Reason[] = ['mention', 'direct', 'everyone', 'group']

/** What others said, of all that came. */
export function saidByOthers(events: readonly EventFrame[], me: Id): Said[] {
  return events.filter(event => isType(event, 'messaging.message_sent')).filter(({ actor }) => actor !== me)
}

/** Why a message calls me, by what I chose; null when it does not. Who is named is called in a muted conversation, too. */
export function reasonOf(
  { data: { mentions, mentions_all } }: Pick<Said, 'data'>,
  { kind, muted }: Pick<Conversation, 'kind' | 'muted'>,
  me: Id,
  notify: Preferences['notify'],
): Reason | null {
  if (notify === 'nothing') return null
  if (mentions.includes(me)) return 'mention'
  if (mentions_all) return 'everyone'
  if (muted) return null
  if (kind === 'direct') return 'direct'
  return notify === 'all' ? 'group' : null
}

/** One conversation calls once, with what is most urgent in it, else with what is newest. */
export interface Call {
  conversation: Id
  reason: Reason
  said: Said
  /** How many messages call from there. */
  count: number
}

/** The most urgent first, and of those the newest. */
export function gathered(calling: readonly { reason: Reason; said: Said }[]): Call[] {
  const calls = new Map<Id, Call>()
  for (const { reason, said } of calling) {
    const { conversation } = said.data
    const call = calls.get(conversation)
    const isFirst = !call || order.indexOf(reason) <= order.indexOf(call.reason)
    const count = (call?.count ?? 0) + 1
    calls.set(conversation, isFirst ? { conversation, reason, said, count } : { ...call, count })
  }
  const rank = ({ reason }: Call) => order.indexOf(reason)
  return [...calls.values()].sort((a, b) => rank(a) - rank(b) || b.said.pos - a.said.pos)
}
