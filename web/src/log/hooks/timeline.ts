import { useEffect } from 'react'
import type { Id, Message } from '@/core/api'
import { connectionStore } from '../live/connection-store.ts'
import { ensureMembers } from '../live/ensure.ts'
import { isOpenEnough, loadNewest, openingStore } from '../live/load.ts'
import { logStore, updateLog } from '../live/log-store.ts'
import { typingStore } from '../live/typing-store.ts'
import { outboxStore } from '../outbox/outbox-store.ts'
import type { Outgoing } from '../outbox/outgoing.ts'
import { trimRoom } from '../reducer/apply-messages.ts'
import { targetOf } from '../reducer/rule-of.ts'
import type { Numbered, Room } from '../reducer/state.ts'
import { messageIn } from '../reducer/timeline.ts'
import { unkeptStore } from '../saved/unkept.ts'
import { type TimelineView, viewOf } from './shown.ts'

/**
 * The messages of a conversation that is open: `loaded` at once for one visited before. Without network it is what is held,
 * if that is enough to show.
 */
export function useTimeline(conversation: Id): TimelineView {
  const problem = useOpening(conversation)
  return logStore(({ log }) => {
    const room = log?.rooms[conversation]
    if (!room) return viewOf(null, false, null)
    const isLoaded =
      room.detour !== null || isOpenEnough(room.live) || (problem !== null && room.live.messages.length > 1)
    return viewOf(room.detour ?? room.live, isLoaded, problem)
  })
}

/** A message as it is now, if it is held; undefined when nothing is known of it. */
export function useHeldMessage(conversation: Id, message: Id | null): Message | undefined {
  return logStore(({ log }) => (message === null ? undefined : heldMessage(log?.rooms[conversation], message)))
}

/** The same, outside of components. */
export function heldMessage(room: Room | undefined, message: Id): Message | undefined {
  const last = room?.header.conversation.last_message
  if (last?.id === message) return last
  return room && (messageIn(room.live, message) ?? messageIn(room.detour, message))
}

/** The last event that changed a message, as far as it is known here: what was fetched of it before is old. */
export function useLastChange(conversation: Id, message: Id): Id | null {
  return logStore(({ log }) => {
    const isOfIt = ({ event }: Numbered) => targetOf(event) === message && changing.has(event.type)
    return log?.rooms[conversation]?.recent.findLast(isOfIt)?.event.id ?? null
  })
}

const changing = new Set(['messaging.message_edited', 'messaging.message_recalled'])

/** My messages that are not in the log yet, in the order of sending. */
export function useOutgoing(conversation: Id): readonly Outgoing[] {
  return outboxStore(outgoing => outgoing[conversation]) ?? nothing
}

/** Who is writing in a conversation now, in the order they began; I am not among them. */
export function useTyping(conversation: Id): readonly Id[] {
  return typingStore(typing => typing[conversation]) ?? nobody
}

/** Whether something of mine is in the memory of this tab alone: unsent, and not stored. */
export function useUnkept(): boolean {
  return unkeptStore(({ names }) => names.size > 0)
}

const nothing: readonly Outgoing[] = []
const nobody: readonly Id[] = []

/** Fetches what the view needs when a conversation is opened, and again when that failed and the connection is back. */
function useOpening(conversation: Id): unknown {
  const isShort = logStore(({ log }) => {
    const room = log?.rooms[conversation]
    return room !== undefined && !isOpenEnough(room.live)
  })
  const lacksMembers = logStore(({ log }) => log?.rooms[conversation]?.header.members === null)
  const phase = connectionStore(state => state.status.phase)
  useEffect(() => {
    if (lacksMembers) ensureMembers(conversation)
  }, [conversation, lacksMembers])
  useEffect(() => {
    if (isShort && phase !== 'offline') loadNewest(conversation).catch(() => {}) // told by the opening store
  }, [conversation, isShort, phase])
  useEffect(() => countView(conversation), [conversation])
  return openingStore(problems => problems[conversation]) ?? null
}

const views = new Map<Id, number>()

/** Keeps count of the views of a conversation. When the last is gone, only what makes coming back instant is kept. */
function countView(conversation: Id): () => void {
  views.set(conversation, (views.get(conversation) ?? 0) + 1)
  return () => {
    views.set(conversation, (views.get(conversation) ?? 1) - 1)
    setTimeout(() => {
      if (views.get(conversation) !== 0) return
      views.delete(conversation)
      updateLog(state => trimRoom(state, conversation))
    })
  }
}
