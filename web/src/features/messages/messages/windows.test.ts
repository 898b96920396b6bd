import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import type { Message } from '@/core/api'
import { noteServerTime } from '@/core/api/server-clock'
import { logStore } from '@/log/live/log-store.ts'
import { start } from '@/log/testing/small-site.ts'
import { mayChange, mayTakeBack } from './windows.ts'

const sentMs = Date.UTC(2026, 10, 30, 9)
const message = { id: String(BigInt(sentMs - Date.UTC(2025, 0, 1)) << 22n) } as Message

beforeEach(() => {
  vi.useFakeTimers()
  const { state } = start()
  const policies = { 'messaging.edit_window_s': 600, 'messaging.recall_window_s': 120 }
  logStore.setState({ log: { ...state, me: { ...state.me, policies } } })
})

afterEach(() => {
  noteServerTime(new Date().toUTCString())
  vi.useRealTimers()
  logStore.setState({ log: null })
})

/** So long after it was sent, by a device whose clock may be wrong. */
function after(seconds: number, deviceAheadS = 0): void {
  vi.setSystemTime(sentMs + (seconds + deviceAheadS) * 1000)
  noteServerTime(new Date(sentMs + seconds * 1000).toUTCString())
}

test.each([
  [0, true, true],
  [120, true, true],
  [121, true, false],
  [600, true, false],
  [601, false, false],
])('%i s later: it may be changed: %s, recalled: %s', (seconds, change, recall) => {
  after(seconds)
  expect([mayChange(message), mayTakeBack(message)]).toEqual([change, recall])
})

test('the clock that counts is that of the server', () => {
  after(60, 3 * 3600)
  expect(mayChange(message)).toBe(true)
  after(3600, -3 * 3600)
  expect(mayChange(message)).toBe(false)
})

test('before the rules of the server are known, it decides itself', () => {
  after(1_000_000)
  logStore.setState({ log: null })
  expect([mayChange(message), mayTakeBack(message)]).toEqual([true, true])
})
