import { type RefObject, useCallback, useEffect, useRef, useState } from 'react'
import type { Row } from '../rows/build-rows'

/** This close to an end, px, more is fetched: before the reader gets there. */
const reachPx = 1_200

export type EdgeState = 'idle' | 'loading' | 'failed'

export interface Edge {
  state: EdgeState
  retry: () => void
}

export interface EdgesInput {
  rows: readonly Row[]
  scroller: RefObject<HTMLElement | null>
  /** Until when (performance.now) a scroll to a row is under way: more rows would make it miss. */
  quietUntil: RefObject<number>
  /** There is nothing before the first row. */
  fromStart: boolean
  /** There is nothing after the last row. */
  atNewest: boolean
  loadOlder: () => Promise<unknown>
  loadNewer: () => Promise<unknown>
}

/** Fetches more as the reader comes near an end of what is there. Call `look` whenever they may have come near. */
export function useEdges(input: EdgesInput): { older: Edge; newer: Edge; look: () => void } {
  const older = useEdge(input.loadOlder)
  const newer = useEdge(input.loadNewer)
  const { rows, scroller, quietUntil, fromStart, atNewest } = input
  const later = useRef<ReturnType<typeof setTimeout>>(undefined)
  const loadOlder = older.load
  const loadNewer = newer.load

  const look = useCallback(() => {
    const element = scroller.current
    if (!element || rows.length === 0) return
    const wait = quietUntil.current - performance.now()
    clearTimeout(later.current)
    if (wait > 0) {
      later.current = setTimeout(() => latestLook.current(), wait + 1)
      return
    }
    if (!fromStart && element.scrollTop < reachPx) loadOlder()
    if (!atNewest && element.scrollHeight - element.scrollTop - element.clientHeight < reachPx) loadNewer()
  }, [rows, scroller, quietUntil, fromStart, atNewest, loadOlder, loadNewer])
  const latestLook = useRef(look)

  // After the rows have found their place.
  useEffect(() => {
    latestLook.current = look
    const frame = requestAnimationFrame(look)
    return () => cancelAnimationFrame(frame)
  }, [look])
  useEffect(() => () => clearTimeout(later.current), [])
  return { older, newer, look }
}

function useEdge(fetchMore: () => Promise<unknown>): Edge & { load: () => void } {
  const [state, setState] = useState<EdgeState>('idle')
  const current = useRef<EdgeState>('idle')
  const latest = useRef(fetchMore)
  useEffect(() => {
    latest.current = fetchMore
  })
  const become = useCallback((next: EdgeState) => {
    current.current = next
    setState(next)
  }, [])
  const start = useCallback(() => {
    become('loading')
    latest.current().then(
      () => become('idle'),
      () => become('failed'),
    )
  }, [become])
  // What failed waits for the reader: trying by every scroll would hammer a server in trouble.
  const load = useCallback(() => {
    if (current.current === 'idle') start()
  }, [start])
  return { state, load, retry: start }
}
