import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { sessionStore } from '@/core/session'
import { logStore } from '@/log'
import { afterFirstPicture } from './first-picture'

beforeEach(() => {
  vi.useFakeTimers()
  sessionStore.setState({ phase: 'unknown' })
})

afterEach(() => {
  logStore.setState({ log: null })
  vi.useRealTimers()
})

test('once the list can be drawn, and once only', () => {
  const run = vi.fn()
  afterFirstPicture(run)
  sessionStore.setState({ phase: 'signed_in' })
  expect(run).not.toHaveBeenCalled()
  logStore.setState({ log: {} as never })
  expect(run).toHaveBeenCalledTimes(1)
  logStore.setState({ log: {} as never })
  vi.advanceTimersByTime(60_000)
  expect(run).toHaveBeenCalledTimes(1)
})

test('at once where it is there, or nobody is signed in; not after it was called off; in the end in any case', () => {
  const [there, calledOff, away] = [vi.fn(), vi.fn(), vi.fn()]
  afterFirstPicture(calledOff)()
  afterFirstPicture(away)
  vi.advanceTimersByTime(10_000)
  expect(away).toHaveBeenCalledTimes(1)
  sessionStore.setState({ phase: 'signed_out' })
  afterFirstPicture(there)
  expect(there).toHaveBeenCalledTimes(1)
  expect(calledOff).not.toHaveBeenCalled()
})
