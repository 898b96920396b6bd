import { type RefObject, useCallback, useEffect, useRef, useState } from 'react'
import type { VirtualizerHandle } from 'virtua'
import type { Id } from '@/core/api'
import { messageFrom, type Row } from '../rows/build-rows'

/** The date stays this long after the last scrolling. */
const lingerMs = 1_200

/** While the reader scrolls: a message of the day at the top of the view, whose date floats there. Null: no date. */
export function useFloatingDate(rows: readonly Row[], list: RefObject<VirtualizerHandle | null>) {
  const [of, setOf] = useState<Id | null>(null)
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined)
  const latest = useRef(rows)
  useEffect(() => {
    latest.current = rows
  }, [rows])
  useEffect(() => () => clearTimeout(timer.current), [])

  const follow = useCallback(() => {
    const view = list.current
    if (!view) return
    const index = view.findItemIndex(view.scrollOffset)
    const row = latest.current[index]
    // Right under a line with the same date, saying it twice helps nobody.
    setOf(row?.kind === 'day' ? null : (messageFrom(latest.current, index)?.id ?? null))
    clearTimeout(timer.current)
    timer.current = setTimeout(() => setOf(null), lingerMs)
  }, [list])
  return { dateOf: of, follow }
}
