import { act, renderHook } from '@testing-library/react'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { type ConnectionStatus, silentMs } from '@/core/socket'
import { useLongLost } from './useLongLost'

beforeEach(() => vi.useFakeTimers({ now: 1_000_000 }))
afterEach(() => vi.useRealTimers())

function watch(phase: ConnectionStatus['phase']) {
  return renderHook((status: ConnectionStatus) => useLongLost(status), {
    initialProps: { phase, since: Date.now() },
  })
}

test('a short loss goes without a word', () => {
  const { result, rerender } = watch('reconnecting')
  act(() => vi.advanceTimersByTime(silentMs - 1))
  expect(result.current).toBe(false)
  rerender({ phase: 'live', since: Date.now() })
  act(() => vi.advanceTimersByTime(60_000))
  expect(result.current).toBe(false)
})

test('a long loss is told, and that it is over at once', () => {
  const { result, rerender } = watch('offline')
  act(() => vi.advanceTimersByTime(silentMs))
  expect(result.current).toBe(true)
  rerender({ phase: 'live', since: Date.now() })
  expect(result.current).toBe(false)
})

test('a second loss is silent again at first', () => {
  const { result, rerender } = watch('reconnecting')
  act(() => vi.advanceTimersByTime(silentMs))
  rerender({ phase: 'live', since: Date.now() })
  act(() => vi.advanceTimersByTime(60_000))
  rerender({ phase: 'reconnecting', since: Date.now() })
  expect(result.current).toBe(false)
  act(() => vi.advanceTimersByTime(silentMs))
  expect(result.current).toBe(true)
})

test('before anything was tried nothing is lost, however long that is', () => {
  const { result, rerender } = watch('idle')
  act(() => vi.advanceTimersByTime(60_000))
  expect(result.current).toBe(false)
  rerender({ phase: 'connecting', since: Date.now() })
  expect(result.current).toBe(false)
})
