import type { Conversation, Id, Message } from '@/core/api'
import { hasUnreadMention, type Room } from '@/log'

/** What calls me and was not read. */
export function unreadCalls(messages: readonly Message[], me: Id, after: number): Message[] {
  return messages.filter(
    ({ seq, sender, recalled, mentions, mentions_all }) =>
      seq > after && sender !== me && !recalled && (mentions_all || mentions.includes(me)),
  )
}

/** Whether a conversation calls me by name, or all in it; where what calls is not held, me. */
export function callIn(conversation: Conversation, room: Room | undefined, me: Id): 'me' | 'all' | null {
  if (!hasUnreadMention(conversation)) return null
  const { last_message, mention_seq, read_seq } = conversation
  const held = [...(room?.live.messages ?? []), ...(last_message ? [last_message] : [])]
  const calls = unreadCalls(held, me, read_seq)
  const isKnown = calls.some(({ seq }) => seq === mention_seq)
  return isKnown && calls.every(({ mentions }) => !mentions.includes(me)) ? 'all' : 'me'
}
