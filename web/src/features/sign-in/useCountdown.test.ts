import { act, renderHook } from '@testing-library/react'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { Problem } from '@/core/api'
import { useCountdown } from './useCountdown'

beforeEach(() => {
  vi.useFakeTimers()
})

afterEach(() => {
  vi.useRealTimers()
})

test('counts down from what the server said, and begins anew with another refusal', () => {
  const tooMany = (seconds: number) => new Problem({ status: 429, code: 'core.too_many' }, seconds)
  const { result, rerender } = renderHook(useCountdown, { initialProps: tooMany(3) as unknown })
  expect(result.current).toBe(3)
  act(() => vi.advanceTimersByTime(1_100))
  expect(result.current).toBe(2)
  act(() => vi.advanceTimersByTime(2_000))
  expect(result.current).toBe(0)
  rerender(tooMany(10))
  expect(result.current).toBe(10)
  rerender(new Problem({ status: 401, code: 'identity.wrong_credentials' }))
  expect(result.current).toBe(0)
})
