import { expect, test } from 'vitest'
import { conversation, message } from '@/log/testing/examples'
import { callIn, unreadCalls } from './calls'

const me = '1'
const named = message({ id: '10', seq: 6, mentions: [me] })
const all = message({ id: '11', seq: 7, mentions_all: true })
const recalled = message({ id: '12', seq: 8, mentions: [me], recalled: { by: '2', id: '13' } })
const mine = message({ id: '14', seq: 9, sender: me, mentions_all: true })

test('what others said to me, or to all, and I have not read', () => {
  const said = [message({ seq: 5, mentions: [me] }), named, all, recalled, mine, message({ seq: 10, mentions: ['3'] })]
  expect(unreadCalls(said, me, 5).map(({ seq }) => seq)).toEqual([6, 7])
})

test('the list tells a call of all from one by name', () => {
  const called = (last_message: typeof all, mention_seq: number) =>
    callIn(conversation({ last_message, mention_seq, last_seq: 9, read_seq: 5 }), undefined, me)
  expect(called(all, 7)).toBe('all')
  expect(called(named, 6)).toBe('me')
  expect(called(message({ seq: 9 }), 7)).toBe('me')
  expect(callIn(conversation({ last_message: all, mention_seq: 7, read_seq: 7 }), undefined, me)).toBeNull()
})
