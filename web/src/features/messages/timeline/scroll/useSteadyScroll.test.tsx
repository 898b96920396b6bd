import { act, render } from '@testing-library/react'
import { useRef } from 'react'
import type { VirtualizerHandle } from 'virtua'
import { expect, test, vi } from 'vitest'
import type { Row } from '../rows/build-rows'
import { arrivalMargin, type SteadyScroll, useSteadyScroll } from './useSteadyScroll'

const rows = (...keys: string[]) => keys.map(key => ({ key, kind: 'new' as const }))

test('opens at the end and stays there as messages come', () => {
  const timeline = open({ rows: rows('day', 'a') })
  expect(timeline.scrolls).toEqual([[1, { align: 'end' }]])
  timeline.become({ rows: rows('day', 'a', 'b') })
  expect(timeline.scrolls.at(-1)).toEqual([2, { align: 'end' }])
})

test('opens at the line of new messages and does not run to the end', () => {
  const timeline = open({ rows: rows('day', 'a', 'new', 'b'), openAt: 2 })
  expect(timeline.scrolls).toEqual([[2, { align: 'start', offset: -arrivalMargin }]])
  timeline.become({ rows: rows('day', 'a', 'new', 'b', 'c') })
  expect(timeline.scrolls).toHaveLength(1)
})

test('who scrolled back is left alone, and is taken along again from the end', () => {
  const timeline = open({ rows: rows('day', 'a') })
  timeline.steady().sticks.current = false
  timeline.become({ rows: rows('day', 'a', 'b') })
  expect(timeline.scrolls).toHaveLength(1)
  timeline.steady().sticks.current = true
  timeline.become({ rows: rows('day', 'a', 'b', 'c') })
  expect(timeline.scrolls.at(-1)).toEqual([3, { align: 'end' }])
})

test('away from the newest messages nothing runs to the end', () => {
  const timeline = open({ rows: rows('day', 'a'), atNewest: false })
  timeline.become({ rows: rows('day', 'a', 'b'), atNewest: false })
  expect(timeline.scrolls).toHaveLength(1)
})

test('shift is on in the render that prepends, and only there', () => {
  const timeline = open({ rows: rows('day b', 'b') })
  expect(timeline.steady().shift).toBe(false)
  const more = rows('day a', 'a', 'b')
  timeline.become({ rows: more })
  expect(timeline.shifts.at(-1)).toBe(true)
  timeline.become({ rows: rows('day a', 'a', 'b', 'c') })
  expect(timeline.shifts.at(-1)).toBe(false)
})

interface Input {
  rows: Row[]
  openAt?: number
  atNewest?: boolean
}

function open(first: Input) {
  vi.stubGlobal(
    'ResizeObserver',
    class {
      observe() {}
      disconnect() {}
    },
  )
  const scrolls: unknown[][] = []
  const shifts: boolean[] = []
  const list = { scrollToIndex: (...call: unknown[]) => scrolls.push(call) } as unknown as VirtualizerHandle
  let latest: SteadyScroll | null = null
  function Probe({ rows, openAt = -1, atNewest = true }: Input) {
    const scroller = useRef<HTMLDivElement>(null)
    latest = useSteadyScroll({ rows, list: { current: list }, scroller, openAt, atNewest })
    shifts.push(latest.shift)
    return <div ref={scroller} />
  }
  const { rerender } = render(<Probe {...first} />)
  return {
    scrolls,
    shifts,
    steady: () => latest as SteadyScroll,
    become: (next: Input) => act(() => rerender(<Probe {...first} {...next} />)),
  }
}
