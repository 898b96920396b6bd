import { describe, expect, test } from 'vitest'
import type { Message } from '@/core/api'
import { message as exampleMessage } from '@/log/testing/examples'
import { buildRows, messageFrom, type RowsInput, rowOf } from './build-rows'

const start = new Date(2026, 10, 20, 9, 0).getTime()
const minute = 60_000

describe('rows', () => {
  test('one line a day, before its first message', () => {
    const messages = [message(0, {}), message(10, {}), message(26 * 60, {})]
    expect(kinds({ messages })).toEqual(['day', 'message', 'message', 'day', 'message'])
  })

  test('messages of one sender within five minutes belong together', () => {
    const messages = [
      message(0, { sender: 'a' }),
      message(4, { sender: 'a' }),
      message(8, { sender: 'a' }),
      message(13, { sender: 'a' }),
      message(14, { sender: 'b' }),
    ]
    expect(continued({ messages })).toEqual([false, true, true, false, false])
    const ends = build({ messages }).flatMap(row => (row.kind === 'message' ? [row.endsRun] : []))
    expect(ends).toEqual([false, false, true, true, true])
  })

  test('notices, recalled ones and the red line break what belongs together', () => {
    const messages = [
      message(0, { sender: 'a', seq: 1 }),
      message(1, { sender: 'a', seq: 2, recalled: { by: 'a', id: '9' } }),
      message(2, { sender: 'a', seq: 3 }),
      message(3, { sender: 'a', seq: 3, kind: 'notice' }),
      message(4, { sender: 'a', seq: 4 }),
      message(5, { sender: 'a', seq: 5 }),
    ]
    expect(continued({ messages, newAfter: 4 })).toEqual([false, false, false, false, false])
  })
})

test('each of mine knows the next of mine, whoever spoke between; what was recalled does not count', () => {
  const messages = [
    message(0, { sender: 'me', seq: 1 }),
    message(1, { sender: 'a', seq: 2 }),
    message(2, { sender: 'me', seq: 3 }),
    message(3, { sender: 'me', seq: 4, recalled: { by: 'me', id: '9' } }),
    message(4, { sender: 'me', seq: 5 }),
  ]
  const next = build({ messages }).flatMap(row => (row.kind === 'message' ? [row.nextMine] : []))
  expect(next).toEqual([3, null, 5, null, null])
})

test('what came late stands apart from what did not, and together with what came at once', () => {
  const came = (minutes: number) => message(minutes, {}).id
  const messages = [
    message(0, {}),
    message(1, { arrived: came(100) }),
    message(2, { arrived: came(100.5) }),
    message(3, { arrived: came(200) }),
    message(4, {}),
  ]
  expect(continued({ messages })).toEqual([false, false, true, false, false])
})

describe('the line of new messages', () => {
  const messages = [1, 2, 3, 4].map(seq => message(seq, { seq, sender: seq === 3 ? 'me' : 'a' }))

  test('stands before the first unread of somebody else', () => {
    expect(lineBefore({ messages, newAfter: 1 })).toBe(2)
    expect(lineBefore({ messages, newAfter: 2 })).toBe(4)
  })

  test('is not there without anything unread', () => {
    expect(lineBefore({ messages, newAfter: null })).toBeNull()
    expect(lineBefore({ messages, newAfter: 4 })).toBeNull()
  })

  test('waits until the message before it is known, but not at the very start', () => {
    expect(lineBefore({ messages, newAfter: 0 })).toBeNull()
    expect(lineBefore({ messages, newAfter: 0, fromStart: true })).toBe(1)
  })

  test('stays where it is while newer ones come', () => {
    expect(lineBefore({ messages: [...messages, message(9, { seq: 5 })], newAfter: 1 })).toBe(2)
  })
})

describe('mine on the way', () => {
  const outgoing = (key: string, at: number) => ({ key, at: start + at * minute }) as RowsInput['outgoing'][number]

  test('come last and join what I sent just before', () => {
    const messages = [message(0, { sender: 'me' })]
    const rows = build({ messages, outgoing: [outgoing('x', 2), outgoing('y', 3)] })
    expect(rows.map(row => row.key)).toEqual([rows[0]?.key, messages[0]?.id, 'x', 'y'])
    expect(rows.slice(2).map(row => row.kind === 'outgoing' && row.continued)).toEqual([true, true])
  })

  test('begin anew after somebody else or after a while', () => {
    const first = (messages: Message[], at: number) => {
      const row = build({ messages, outgoing: [outgoing('x', at)] }).at(-1)
      return row?.kind === 'outgoing' && row.continued
    }
    expect(first([message(0, { sender: 'a' })], 1)).toBe(false)
    expect(first([message(0, { sender: 'me' })], 6)).toBe(false)
  })
})

test('rows are found by message, and messages by row', () => {
  const messages = [message(0, {}), message(10, {})]
  const rows = build({ messages })
  const id = messages[1]?.id ?? ''
  expect(rowOf(rows, id)).toBe(2)
  expect(rowOf(rows, '5')).toBe(-1)
  expect(messageFrom(rows, 0)).toBe(messages[0])
  expect(messageFrom(rows, 9)).toBeNull()
})

function build(input: Partial<RowsInput>) {
  return buildRows({ messages: [], outgoing: [], me: 'me', newAfter: null, fromStart: false, ...input })
}

function kinds(input: Partial<RowsInput>) {
  return build(input).map(row => row.kind)
}

function continued(input: Partial<RowsInput>) {
  return build(input).flatMap(row => (row.kind === 'message' ? [row.continued] : []))
}

/** The number of the message below the line. */
function lineBefore(input: Partial<RowsInput>): number | null {
  const rows = build(input)
  const line = rows.findIndex(row => row.kind === 'new')
  return line < 0 ? null : (messageFrom(rows, line)?.seq ?? null)
}

function message(minutes: number, some: Partial<Message>): Message {
  const ms = BigInt(start + minutes * minute - Date.UTC(2025, 0, 1))
  return exampleMessage({ id: String(ms << 22n), sender: 'a', seq: minutes, content: { blocks: [] }, ...some })
}
