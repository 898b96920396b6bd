import { type RefObject, useCallback, useEffect, useRef } from 'react'
import type { VirtualizerHandle } from 'virtua'
import type { Id } from '@/core/api'
import { markRead } from '../../store'
import { messageBefore, type Row } from '../rows/build-rows'
import { lastHalfVisible } from './row-change'

/** A message counts as read after this long in sight, in a window that has the focus. */
const readAfterMs = 500

/** Tells the server how far the reader has read. Call what it returns whenever something may have come into sight. */
export function useReadMarking(
  conversation: Id,
  rows: readonly Row[],
  list: RefObject<VirtualizerHandle | null>,
  startMargin: number,
  isPaused: RefObject<boolean>,
): () => void {
  const latest = useRef(rows)
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined)

  const look = useCallback(() => {
    clearTimeout(timer.current)
    if (!isWatching()) return // the focus comes back with an event
    const first = lastSeen(latest.current, list.current, startMargin)
    if (first === null || isPaused.current) {
      // A list that was just made knows no sizes yet, and a short one never scrolls: nothing else would ask again.
      if (latest.current.length > 0) timer.current = setTimeout(look, readAfterMs)
      return
    }
    timer.current = setTimeout(() => {
      const still = lastSeen(latest.current, list.current, startMargin)
      if (still === null || !isWatching()) return
      const through = messageBefore(latest.current, Math.min(first, still))
      if (through) markRead(conversation, through.id)
    }, readAfterMs)
  }, [conversation, list, startMargin, isPaused])

  useEffect(() => {
    latest.current = rows
    look()
  }, [rows, look])

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

function isWatching(): boolean {
  return document.visibilityState === 'visible' && document.hasFocus()
}

function lastSeen(rows: readonly Row[], list: VirtualizerHandle | null, startMargin: number): number | null {
  if (!list || rows.length === 0) return null
  const top = list.scrollOffset - startMargin
  const bottom = top + list.viewportSize
  const place = (index: number) => ({ start: list.getItemOffset(index), size: list.getItemSize(index) })
  const found = lastHalfVisible(rows.length, list.findItemIndex(list.scrollOffset + list.viewportSize), place, {
    top,
    bottom,
  })
  return found < 0 ? null : found
}
