import { afterEach, expect, test, vi } from 'vitest'
import { forget, remember, remembered } from './device-memory'

afterEach(() => vi.unstubAllGlobals())

test('what is remembered is there until it is forgotten', () => {
  remember('bilin.test', 'x')
  expect(remembered('bilin.test')).toBe('x')
  forget('bilin.test')
  expect(remembered('bilin.test')).toBeNull()
})

test('a browser without storage, or without room, only forgets', () => {
  vi.spyOn(console, 'warn').mockImplementation(() => {})
  const refuse = () => {
    throw new DOMException('no room', 'QuotaExceededError')
  }
  vi.stubGlobal('localStorage', { getItem: refuse, setItem: refuse, removeItem: refuse })
  remember('bilin.test', 'x')
  forget('bilin.test')
  expect(remembered('bilin.test')).toBeNull()
})
