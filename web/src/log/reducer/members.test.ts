import { expect, test, vi } from 'vitest'
import type { Id, Member } from '../../core/api/contract.ts'
import { event, room, sent, start } from '../testing/small-site.ts'
import { applyEvent } from './apply-event.ts'
import { Members } from './members.ts'

const member = (person: Id, more: Partial<Member> = {}): Member => ({
  ...{ person, role: 'member', joined: '100', read_seq: 0, marks: [] },
  ...more,
})
const many = Members.of(Array.from({ length: 1_000 }, (_, index) => member(String(10_000_000 + index * 4_096))))

test('holds each person once, whatever was known of them before', () => {
  const changed = many.with(member('7')).with(member('7', { read_seq: 3 }))
  expect([changed.size, changed.all().length]).toEqual([1_001, 1_001])
  expect(changed.get('7')?.read_seq).toBe(3)
  expect(many.get('7')).toBeUndefined()
  const without = changed.without('7')
  expect([without.size, without.get('7')]).toEqual([1_000, undefined])
  expect(without.without('7')).toBe(without)
})

test('who they are, and as what, is the same list while somebody only reads', () => {
  const first = many.all()[0] as Member
  expect(many.with({ ...first, read_seq: 9 }).roster()).toBe(many.roster())
  expect(many.with({ ...first, role: 'admin' }).roster()).not.toBe(many.roster())
  expect(many.with(member('7')).roster()).toHaveLength(1_001)
})

test('tells that nobody can have read a message yet, and never so of one that somebody has', () => {
  expect(many.mayHavePassed('101')).toBe(false)
  expect(many.with(member('7', { joined: '200' })).mayHavePassed('101')).toBe(true)
  const [site1, later] = [String((5n << 22n) + (1n << 12n)), String((6n << 22n) + (1n << 12n))]
  const marked = many.with(member('7', { marks: [site1] }))
  expect([marked.mayHavePassed(site1), marked.mayHavePassed(later)]).toEqual([true, false])
  expect(marked.without('7').mayHavePassed(site1)).toBe(true)
})

test('a message and a read mark look at those whom they concern, and at nobody else', () => {
  const { state } = start()
  const walked = vi.spyOn(Members.prototype, 'all')
  const said = applyEvent(state, sent(2, 'one', '2', {}, '1100'))
  const read = applyEvent(
    said,
    event(3, 'messaging.read_marked', { conversation: '500', through: '1100', shared: true }, '3'),
  )
  expect(walked).not.toHaveBeenCalled()
  walked.mockRestore()
  expect(room(read).header.members?.get('3')?.read_seq).toBe(1)
})
