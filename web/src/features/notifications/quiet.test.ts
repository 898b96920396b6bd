import { act, renderHook } from '@testing-library/react'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { sessionStore } from '@/core/session'
import { meOf } from '@/log/testing/people'
import { quietChoices, untilEnded, useQuietUntil } from './quiet'

beforeEach(() => vi.useFakeTimers({ now: new Date(2026, 10, 30, 22, 15) }))
afterEach(() => vi.useRealTimers())

test('until the morning: the next eight o’clock, today before it and tomorrow after', () => {
  expect(new Date(quietChoices.morning())).toEqual(new Date(2026, 11, 1, 8))
  expect(new Date(quietChoices.morning(new Date(2026, 10, 30, 1)))).toEqual(new Date(2026, 10, 30, 8))
  expect(new Date(quietChoices.morning(new Date(2026, 10, 30, 8)))).toEqual(new Date(2026, 11, 1, 8))
})

test('quiet ends by itself, and at once when I end it', () => {
  const me = meOf('1')
  const quietUntil = (quiet_until: number) =>
    sessionStore.setState({ phase: 'signed_in', me: { ...me, preferences: { ...me.preferences, quiet_until } } })
  quietUntil(quietChoices.half_hour())
  const { result } = renderHook(() => useQuietUntil())
  expect(result.current).toBe(Date.now() + 1_800_000)
  act(() => void vi.advanceTimersByTime(1_800_000))
  expect(result.current).toBeNull()
  act(() => quietUntil(untilEnded))
  expect(result.current).toBe(untilEnded)
  act(() => quietUntil(0))
  expect(result.current).toBeNull()
})
