import { describe, expect, test } from 'vitest'
import { isAtEnd, lastHalfVisible, rowChange } from './row-change'

const rows = (...keys: string[]) => keys.map(key => ({ key }))

describe('how the rows changed', () => {
  test('older before: the position is held from the end', () => {
    expect(rowChange(rows('day b', 'b', 'c'), rows('day a', 'a', 'day b', 'b', 'c'))).toBe('prepended')
  })

  test('older of the same day: the line of the day moves up', () => {
    expect(rowChange(rows('day b', 'b', 'c'), rows('day a', 'a', 'b', 'c'))).toBe('prepended')
  })

  test('newer after, or the last one replaced by what the server took', () => {
    expect(rowChange(rows('day a', 'a'), rows('day a', 'a', 'b'))).toBe('appended')
    expect(rowChange(rows('day a', 'a', 'outgoing 1'), rows('day a', 'a', 'b'))).toBe('appended')
  })

  test('contents alone', () => {
    expect(rowChange(rows('day a', 'a'), rows('day a', 'a'))).toBe('same')
  })

  test('somewhere else in the history', () => {
    expect(rowChange(rows('day a', 'a', 'b'), rows('day x', 'x', 'y'))).toBe('replaced')
    expect(rowChange([], rows('day a', 'a'))).toBe('replaced')
    expect(rowChange(rows('day a', 'a'), [])).toBe('replaced')
  })

  test('both ends at once is not a mere growth at the start', () => {
    expect(rowChange(rows('day b', 'b', 'c'), rows('day a', 'a', 'b', 'c', 'd'))).toBe('replaced')
  })
})

describe('where the reader is', () => {
  test('at the end, give or take a few px', () => {
    expect(isAtEnd({ scrollTop: 597, clientHeight: 400, scrollHeight: 1000 })).toBe(true)
    expect(isAtEnd({ scrollTop: 590, clientHeight: 400, scrollHeight: 1000 })).toBe(false)
  })

  const place = (index: number) => ({ start: index * 100, size: 100 })

  test('the last row of which half is in sight', () => {
    expect(lastHalfVisible(10, 4, place, { top: 0, bottom: 449 })).toBe(3)
    expect(lastHalfVisible(10, 4, place, { top: 0, bottom: 450 })).toBe(4)
    expect(lastHalfVisible(3, 9, place, { top: 0, bottom: 800 })).toBe(2)
    expect(lastHalfVisible(0, 0, place, { top: 0, bottom: 800 })).toBe(-1)
  })

  test('a row taller than the window counts by the half of the window', () => {
    const tall = () => ({ start: 0, size: 5000 })
    expect(lastHalfVisible(1, 0, tall, { top: 1000, bottom: 1400 })).toBe(0)
    expect(lastHalfVisible(1, 0, tall, { top: 4900, bottom: 5300 })).toBe(-1)
  })
})
