import { type RefObject, useCallback, useEffect, useLayoutEffect, useRef, useState } from 'react'
import type { VirtualizerHandle } from 'virtua'
import type { Id } from '@/core/api'
import { type Row, rowOf } from '../rows/build-rows'
import { settleMs } from './useSteadyScroll'

/** How long the message one jumped to stands out. */
const flashMs = 1_200

export interface JumpInput {
  rows: readonly Row[]
  list: RefObject<VirtualizerHandle | null>
  sticks: RefObject<boolean>
  quietUntil: RefObject<number>
  /** Fetches what is around a message; it is in the rows afterwards, if it exists. */
  load: (message: Id) => Promise<void>
  onMissing: (problem: unknown) => void
}

/** Brings the reader to any message, and makes it stand out for a moment. */
export function useJump({ rows, list, sticks, quietUntil, load, onMissing }: JumpInput) {
  const [target, setTarget] = useState<Id | null>(null)
  const [flash, setFlash] = useState<Id | null>(null)
  const loading = useRef<Id | null>(null)
  const latest = useRef({ load, onMissing })
  useEffect(() => {
    latest.current = { load, onMissing }
  })

  useLayoutEffect(() => {
    if (target === null) return
    const index = rowOf(rows, target)
    if (index >= 0) {
      loading.current = null
      sticks.current = false
      quietUntil.current = performance.now() + settleMs
      list.current?.scrollToIndex(index, { align: 'center' })
      setTarget(null)
      setFlash(target)
    } else if (loading.current !== target) {
      loading.current = target
      fetchAround(target, latest.current.load, problem => {
        loading.current = null
        setTarget(null)
        latest.current.onMissing(problem)
      })
    }
  }, [target, rows, list, sticks, quietUntil])

  useEffect(() => {
    if (flash === null) return
    const timer = setTimeout(() => setFlash(null), flashMs)
    return () => clearTimeout(timer)
  }, [flash])

  const jumpTo = useCallback((message: Id) => {
    // Again to the same message: it flashes again.
    setFlash(null)
    setTarget(message)
  }, [])
  return { jumpTo, flash }
}

function fetchAround(target: Id, load: (message: Id) => Promise<void>, onMissing: (problem: unknown) => void): void {
  load(target).catch(onMissing)
}
