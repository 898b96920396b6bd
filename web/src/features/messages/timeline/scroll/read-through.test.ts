import { describe, expect, test } from 'vitest'
import type { Message } from '@/core/api'
import { lateUnread, readThrough } from './read-through'

/** Messages in the order shown, by their numbers; negative: mine. */
const shown = (...numbers: number[]) =>
  numbers.map(
    (seq, index) =>
      ({ id: `${index}`, seq: Math.abs(seq), sender: seq < 0 ? 'me' : 'she', kind: 'text' }) as unknown as Message,
  )

/** `seen`: those in sight; all were passed. */
function through(messages: Message[], last: number, readSeq: number, ...seen: number[]): number | null {
  const [places, passed] = [new Set(seen.map(String)), new Set(messages.map(({ id }) => id))]
  return readThrough({ messages, last, seen: places, passed, readSeq, me: 'me' })?.seq ?? null
}

describe('what is read', () => {
  test('in order: all that was passed', () => {
    expect(through(shown(1, 2, 3, 4), 2, 0, 2)).toBe(3)
    expect(through(shown(1, 2, 3, 4), 3, 3, 3)).toBe(4)
    expect(through(shown(1, 2, 3, 4), 3, 4, 3)).toBeNull()
  })

  test('late above, out of sight: nothing beyond it, though newer ones are in sight', () => {
    const messages = shown(1, 4, 2, 3, 5)
    expect(through(messages, 4, 3, 3, 4)).toBeNull()
    expect(through(messages, 4, 3, 1, 2, 3, 4)).toBe(5)
  })

  test('late ones seen one after the other', () => {
    const messages = shown(1, 4, 5, 2, 3)
    expect(through(messages, 4, 3, 1)).toBe(4)
    expect(through(messages, 4, 4, 1, 2)).toBe(5)
  })

  test('what stands below and has a lower number is not read with a late one above', () => {
    expect(through(shown(1, 5, 2, 3, 4), 2, 0, 0, 1, 2)).toBe(2)
  })

  test('late above what was not read either is passed as everything else', () => {
    expect(through(shown(1, 5, 2, 3, 4), 4, 1, 3, 4)).toBe(5)
  })

  test('a late one further back than is held stays unread', () => {
    expect(through(shown(2, 3, 5), 2, 3, 2)).toBeNull()
    expect(through(shown(12, 13, 14), 2, 3, 2)).toBe(14)
  })

  test('a jump reads nothing that it leaves out, until that is passed, too', () => {
    const messages = shown(1, 2, 3, -4, 5, 6)
    const after = (readSeq: number, ...passed: number[]) =>
      readThrough({ messages, last: 5, seen: new Set(), passed: new Set(passed.map(String)), readSeq, me: 'me' })?.seq
    expect(after(1, 0, 5)).toBeUndefined()
    expect(after(1, 0, 1, 5)).toBe(2)
    expect(after(1, 0, 1, 2, 5)).toBe(4)
    expect(after(1, 1, 2, 4, 5)).toBe(6)
  })

  test('mine need not be seen', () => {
    expect(through(shown(1, -4, 2, 3), 3, 3)).toBe(4)
    expect(lateUnread(shown(1, -4, 2, 3), 3, 'me')).toEqual([])
  })

  test('notices have no number of their own', () => {
    const [first, notice] = shown(1, 1) as [Message, Message]
    expect(through([first, { ...notice, kind: 'notice' }], 1, 0)).toBe(1)
  })
})

test('late ones unread, in their order', () => {
  expect(lateUnread(shown(1, 5, 4, 2, 3, 6), 3, 'me').map(({ seq }) => seq)).toEqual([5, 4])
  expect(lateUnread(shown(1, 5, 2), 0, 'me')).toEqual([])
})
