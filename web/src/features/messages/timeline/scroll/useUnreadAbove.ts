import { type RefObject, useEffect, useState } from 'react'
import type { VirtualizerHandle } from 'virtua'
import type { TimelineView } from '@/log'
import type { Row } from '../rows/build-rows'
import { arrivalMargin } from './useSteadyScroll'

/** Whether new messages stand before the first that is held, so that the line above them cannot be shown yet. */
export function hasUnreadAbove(view: TimelineView, newAfter: number | null): boolean {
  return newAfter !== null && view.atNewest && !view.fromStart && lowestOf(view) > newAfter + 1
}

/** The lowest number that is held: what came late stands first and has a high one. */
function lowestOf({ messages }: TimelineView): number {
  const numbers = messages.flatMap(message => (message.kind === 'text' ? [message.seq] : []))
  return numbers.reduce((a, b) => Math.min(a, b), numbers[0] ?? 0)
}

export interface UnreadAboveInput {
  rows: readonly Row[]
  view: TimelineView
  /** Messages after this number were new when the conversation was opened; null: none. */
  newAfter: number | null
  list: RefObject<VirtualizerHandle | null>
  sticks: RefObject<boolean>
  loadOlder: () => Promise<unknown>
}

export interface UnreadAbove {
  /** New messages before the first that is held here; 0 once the line above them is there. */
  count: number
  /** On the way there: what is in sight meanwhile is not read. */
  seeking: boolean
  /** Goes to the first of them, fetching what is between. */
  goTo: () => void
}

/** Up to so many more unread messages are fetched without being asked, so that reading goes on where it stopped. */
const soughtAtMost = 500

/** More was unread than a conversation opens with: the way to where reading stopped. */
export function useUnreadAbove({ rows, view, newAfter, list, sticks, loadOlder }: UnreadAboveInput): UnreadAbove {
  const line = rows.findIndex(row => row.kind === 'new')
  const isAbove = line < 0 && hasUnreadAbove(view, newAfter)
  const count = isAbove && newAfter !== null ? lowestOf(view) - newAfter - 1 : 0
  const [seeking, setSeeking] = useState(count > 0 && count <= soughtAtMost)
  // biome-ignore lint/correctness/useExhaustiveDependencies: once more after each page that came
  useEffect(() => {
    if (!seeking) return
    if (isAbove) {
      sticks.current = false
      loadOlder().catch(() => setSeeking(false)) // the edge of the timeline offers to try again
      return
    }
    setSeeking(false)
    if (line >= 0) list.current?.scrollToIndex(line, { align: 'start', offset: -arrivalMargin })
  }, [seeking, view.messages[0]])
  return { count: seeking ? 0 : count, seeking, goTo: () => setSeeking(true) }
}
