import { expect, test } from 'vitest'
import type { Id, Member, Message } from '@/core/api'
import { Members } from '@/log/reducer/members.ts'
import { readCounts } from './read-counts'

const message = { id: '100', sender: 'me', seq: 7 } as Message

test('counts the others by how far they have read', () => {
  const members = Members.of([member('me', 7), member('a', 7), member('b', 9), member('c', 6)])
  expect(readCounts(message, members)).toEqual({ read: 2, unread: 1 })
})

test('who joined after the message has no part in it', () => {
  const members = Members.of([member('me', 7), member('late', 7, '101'), member('early', 0, '99')])
  expect(readCounts(message, members)).toEqual({ read: 0, unread: 1 })
})

function member(person: Id, read_seq: number, joined = '1'): Member {
  return { person, role: 'member', joined, read_seq, marks: [] }
}
