import { type Conversation, compareIds, type Id } from '@/core/api'
import { hasUnreadMention, unreadOf } from '@/log'

export type Filter = 'all' | 'unread' | 'mentions'

/**
 * The list as it is shown: pinned first, then by the last message, newest first. Hidden ones stay out until the next
 * message. The open one stays in whatever the filter says, so that reading does not make it vanish under the reader.
 */
export function arrange(conversations: readonly Conversation[], filter: Filter, open: Id | null): Conversation[] {
  return conversations
    .filter(conversation => conversation.id === open || (!conversation.hidden && passes(conversation, filter)))
    .sort(byPlace)
}

/** The next conversation with something unread, after (`step` 1) or before (-1) the open one, going around the end. */
export function nextUnread(shown: readonly Conversation[], open: Id | null, step: 1 | -1): Conversation | null {
  const start = shown.findIndex(conversation => conversation.id === open)
  const from = start < 0 && step < 0 ? 0 : start
  for (let away = 1; away <= shown.length; away++) {
    const index = (from + step * away + shown.length * 2) % shown.length
    const conversation = shown[index]
    if (conversation && conversation.id !== open && callsForMe(conversation)) return conversation
  }
  return null
}

/** The neighbour of the open one; null at the ends. */
export function neighbour(shown: readonly Conversation[], open: Id | null, step: 1 | -1): Conversation | null {
  const index = shown.findIndex(conversation => conversation.id === open)
  if (index < 0) return (step > 0 ? shown[0] : shown.at(-1)) ?? null
  return shown[index + step] ?? null
}

/** When something last happened in it. */
export function lastId(conversation: Conversation): Id {
  return conversation.last_message?.id ?? conversation.created
}

/** A muted conversation calls only by a mention, or where I marked it myself. */
function callsForMe(conversation: Conversation): boolean {
  const { unread, muted } = conversation
  return unread || hasUnreadMention(conversation) || (unreadOf(conversation) > 0 && !muted)
}

function passes(conversation: Conversation, filter: Filter): boolean {
  if (filter === 'unread') return conversation.unread || unreadOf(conversation) > 0
  if (filter === 'mentions') return hasUnreadMention(conversation)
  return true
}

function byPlace(a: Conversation, b: Conversation): number {
  return Number(b.pinned) - Number(a.pinned) || compareIds(lastId(b), lastId(a))
}
