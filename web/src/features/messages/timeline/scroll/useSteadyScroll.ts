import { type RefObject, useLayoutEffect, useRef } from 'react'
import type { VirtualizerHandle } from 'virtua'
import type { Row } from '../rows/build-rows'
import { type RowChange, rowChange } from './row-change'

export interface SteadyScroll {
  /** Whether this render puts older rows before the others: the virtual list must hold the position from the end. */
  shift: boolean
  /** Whether the reader stays at the end as the timeline grows. */
  sticks: RefObject<boolean>
  /** Until when (performance.now) a scroll to a row is under way. */
  quietUntil: RefObject<number>
}

export interface SteadyInput {
  rows: readonly Row[]
  list: RefObject<VirtualizerHandle | null>
  scroller: RefObject<HTMLElement | null>
  /** The row to open at; -1: the end. Asked once, for the first rows. */
  openAt: number
  /** The rows end with the newest message. */
  atNewest: boolean
}

/** A scroll to a row ends this long after it began: rows on the way are measured first. */
export const settleMs = 250

/** Space, px, that stays above the row one arrives at. */
export const arrivalMargin = 56

/**
 * Keeps what the reader looks at where it is: at the end they stay at the end, whatever comes or grows; elsewhere nothing
 * moves when older messages come before.
 */
export function useSteadyScroll({ rows, list, scroller, openAt, atNewest }: SteadyInput): SteadyScroll {
  const sticks = useRef(openAt < 0)
  const opened = useRef(false)
  const quietUntil = useRef(0)
  const change = useRowChange(rows)

  // biome-ignore lint/correctness/useExhaustiveDependencies: once for each change of the rows
  useLayoutEffect(() => {
    if (rows.length === 0) return
    if (!opened.current) {
      opened.current = true
      quietUntil.current = performance.now() + settleMs
      if (openAt >= 0) list.current?.scrollToIndex(openAt, { align: 'start', offset: -arrivalMargin })
      else toEnd(list, rows.length)
      return
    }
    if (!sticks.current || !atNewest) return
    quietUntil.current = performance.now() + settleMs
    toEnd(list, rows.length)
  }, [rows])

  useLayoutEffect(() => {
    const element = scroller.current
    if (!element) return
    const observer = new ResizeObserver(() => {
      if (sticks.current) element.scrollTop = element.scrollHeight
    })
    observer.observe(element)
    return () => {
      observer.disconnect()
      opened.current = false
    }
  }, [scroller])

  return { shift: change === 'prepended', sticks, quietUntil }
}

export function toEnd(list: RefObject<VirtualizerHandle | null>, count: number): void {
  list.current?.scrollToIndex(count - 1, { align: 'end' })
}

/** How the rows changed since the render before. Stays the same for further renders of the same rows. */
function useRowChange(rows: readonly Row[]): RowChange {
  const shown = useRef<readonly Row[]>(rows)
  const change = rowChange(shown.current, rows)
  useLayoutEffect(() => {
    shown.current = rows
  }, [rows])
  return change
}
