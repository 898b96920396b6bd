import { type RefObject, useEffect, useMemo, useState } from 'react'
import type { Conversation, Id } from '@/core/api'
import type { TimelineView } from '@/log'
import { lateUnread } from './read-through'

export interface LateAboveInput {
  conversation: Conversation
  view: TimelineView
  me: Id
  sticks: RefObject<boolean>
  jumpTo: (message: Id) => void
  loadOlder: () => Promise<unknown>
}

export interface LateAbove {
  /** Unread messages that came late, with a place above what was read, be they held or further back. */
  count: number
  /** Goes to the first of them, fetching what is between. */
  goTo: () => void
}

/** The way to what came late, when the reader is at the end and it has its place above. */
export function useLateAbove({ conversation, view, me, sticks, jumpTo, loadOlder }: LateAboveInput): LateAbove {
  const { last_seq, read_seq } = conversation
  const { messages, fromStart, atNewest } = view
  const late = useMemo(() => lateUnread(messages, read_seq, me), [messages, read_seq, me])
  const held = useMemo(
    () => messages.filter(one => one.kind === 'text' && one.seq > read_seq).length,
    [messages, read_seq],
  )
  const missing = atNewest && !fromStart && reachesRead(view, read_seq) ? Math.max(0, last_seq - read_seq - held) : 0
  const [seeking, setSeeking] = useState(false)
  // biome-ignore lint/correctness/useExhaustiveDependencies: once more after each page that came
  useEffect(() => {
    if (!seeking) return
    const [first] = late
    if (missing > 0) {
      sticks.current = false
      loadOlder().catch(() => setSeeking(false)) // the edge of the timeline offers to try again
      return
    }
    setSeeking(false)
    if (first) jumpTo(first.id)
  }, [seeking, messages])
  return { count: late.length + missing, goTo: () => setSeeking(true) }
}

/** Whether what was read is held, so that whatever is missing came late and stands further back. */
function reachesRead({ messages }: TimelineView, readSeq: number): boolean {
  return messages.some(message => message.kind === 'text' && message.seq <= readSeq)
}
