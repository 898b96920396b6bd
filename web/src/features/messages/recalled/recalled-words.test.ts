import { act, renderHook } from '@testing-library/react'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import type { Message } from '@/core/api'
import { textContent } from '@/log/testing/random.ts'
import { keepRecalledWords, keptMs, startRecalledWords, stopRecalledWords, useRecalledWords } from './recalled-words.ts'

const quote = { id: '70', sender: '2', text: 'a', recalled: false }
const message = { id: '60', content: textContent('oops'), reply_to: quote } as Message
const words = (id = '60') => renderHook(() => useRecalledWords(id)).result

beforeEach(() => {
  vi.useFakeTimers()
  startRecalledWords('1')
})

afterEach(() => {
  stopRecalledWords()
  vi.useRealTimers()
  sessionStorage.clear()
})

test('the words of what I recalled are there with their quote, after a reload too', () => {
  keepRecalledWords(message)
  expect(words().current).toMatchObject({ content: textContent('oops'), reply_to: quote })
  startRecalledWords('1')
  expect(words().current?.content).toEqual(textContent('oops'))
})

test('they go after an hour', () => {
  keepRecalledWords(message)
  const shown = words()
  act(() => vi.advanceTimersByTime(keptMs))
  expect(shown.current).toBeUndefined()
  startRecalledWords('1')
  expect(words().current).toBeUndefined()
})

test('nobody else gets them, and nothing is left when I sign out', () => {
  keepRecalledWords(message)
  startRecalledWords('2')
  expect(words().current).toBeUndefined()
  startRecalledWords('1')
  stopRecalledWords()
  expect(sessionStorage.length).toBe(0)
})

test('a quote that was recalled itself is not taken up again', () => {
  keepRecalledWords({ ...message, reply_to: { ...quote, text: '', recalled: true } })
  expect(words().current?.reply_to).toBeNull()
})
