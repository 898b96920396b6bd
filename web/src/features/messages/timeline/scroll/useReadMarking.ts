import { type RefObject, useCallback, useEffect, useRef } from 'react'
import type { VirtualizerHandle } from 'virtua'
import type { Conversation, Id, Message } from '@/core/api'
import { usePane } from '../../pane/pane-context'
import { markRead } from '../../read/read-marks'
import { messageBefore, type Row } from '../rows/build-rows'
import { readThrough } from './read-through'
import { lastHalfVisible } from './row-change'

/** A message counts as read after this long in sight, in a window that has the focus. */
const readAfterMs = 500

/** Rows in sight, both ends included. */
interface Sight {
  first: number
  last: number
}

/** Tells the server how far the reader has read. Call what it returns whenever something may have come into sight. */
export function useReadMarking(
  { id, read_seq }: Pick<Conversation, 'id' | 'read_seq'>,
  rows: readonly Row[],
  list: RefObject<VirtualizerHandle | null>,
  startMargin: number,
  isPaused: RefObject<boolean>,
): () => void {
  const { me } = usePane()
  const latest = useRef({ rows, readSeq: read_seq })
  const seen = useRef(new Set<Id>())
  const passed = useRef(new Set<Id>())
  const passing = useRef<readonly Row[]>([])
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined)

  const look = useCallback(() => {
    clearTimeout(timer.current)
    // The focus comes back with an event.
    const before = isWatching() ? inSight(latest.current.rows, list.current, startMargin) : null
    passing.current =
      before && !isPaused.current ? pass(latest.current.rows, passing.current, before, passed.current) : []
    if (!isWatching()) return
    if (before === null || isPaused.current) {
      // A list that was just made knows no sizes yet, and a short one never scrolls: nothing else would ask again.
      if (latest.current.rows.length > 0) timer.current = setTimeout(look, readAfterMs)
      return
    }
    timer.current = setTimeout(() => {
      const now = inSight(latest.current.rows, list.current, startMargin)
      if (now === null || !isWatching()) return
      const still = { first: Math.max(before.first, now.first), last: Math.min(before.last, now.last) }
      const through = takeIn(latest.current, still, seen.current, passed.current, me)
      if (through) markRead(id, through.id)
    }, readAfterMs)
  }, [id, me, list, startMargin, isPaused])

  useEffect(() => {
    latest.current = { rows, readSeq: read_seq }
    look()
  }, [rows, read_seq, look])

  useEffect(() => {
    window.addEventListener('focus', look)
    document.addEventListener('visibilitychange', look)
    return () => {
      clearTimeout(timer.current)
      window.removeEventListener('focus', look)
      document.removeEventListener('visibilitychange', look)
    }
  }, [look])

  return look
}

/** Note what was in sight; the message through which all is read by now. */
function takeIn(
  { rows, readSeq }: { rows: readonly Row[]; readSeq: number },
  { first, last }: Sight,
  seen: Set<Id>,
  passed: ReadonlySet<Id>,
  me: Id,
): Message | null {
  for (const row of rows.slice(first, last + 1)) if ('message' in row) seen.add(row.message.id)
  const messages = rows.flatMap(row => ('message' in row ? [row.message] : []))
  const lowest = messageBefore(rows, last)
  return lowest && readThrough({ messages, last: messages.indexOf(lowest), seen, passed, readSeq, me })
}

/**
 * Notes what is on the screen, and what was scrolled past since `before` was: where somebody jumped, nothing. Returns what is on the screen
 * now.
 */
function pass(rows: readonly Row[], before: readonly Row[], { first, last }: Sight, passed: Set<Id>): readonly Row[] {
  const now = rows.slice(first, last + 1)
  const [from, to] = [before[0], before.at(-1)].map(was => rows.findIndex(({ key }) => key === was?.key))
  const isScrolled =
    from !== undefined &&
    to !== undefined &&
    from >= 0 &&
    to >= 0 &&
    first <= to + now.length &&
    last >= from - now.length
  const all = isScrolled ? rows.slice(Math.min(from, first), Math.max(to, last) + 1) : now
  for (const row of all) if ('message' in row) passed.add(row.message.id)
  return now
}

function isWatching(): boolean {
  return document.visibilityState === 'visible' && document.hasFocus()
}

function inSight(rows: readonly Row[], list: VirtualizerHandle | null, startMargin: number): Sight | null {
  if (!list || rows.length === 0) return null
  const top = list.scrollOffset - startMargin
  const bottom = top + list.viewportSize
  const place = (index: number) => ({ start: list.getItemOffset(index), size: list.getItemSize(index) })
  const from = list.findItemIndex(list.scrollOffset + list.viewportSize)
  const last = lastHalfVisible(rows.length, from, place, { top, bottom })
  if (last < 0) return null
  let first = last
  while (first > 0 && isHalfBelow(place(first - 1), top)) first -= 1
  return { first, last }
}

/** Whether at least half of a row stands below the upper edge. */
function isHalfBelow({ start, size }: { start: number; size: number }, top: number): boolean {
  return start + size / 2 >= top
}
