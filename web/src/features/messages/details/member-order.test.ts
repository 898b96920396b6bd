import { expect, test } from 'vitest'
import type { Id, Member, Role } from '@/core/api'
import { personOf } from '@/log/testing/people'
import * as matching from '../people/matching'
import { listedMembers, memberActions } from './member-order'

const members = [member('z', 'member'), member('a', 'admin'), member('o', 'owner'), member('b', 'member')]
const people = {
  z: person('z', '赵一鸣', 'zhao yi ming'),
  a: person('a', 'Ann', ''),
  o: person('o', '王', 'wang'),
  b: person('b', 'Bob', ''),
}

test('owner, administrators, then by name', () => {
  expect(listedMembers(members, people, '', matching).map(({ person }) => person)).toEqual(['o', 'a', 'b', 'z'])
})

test('finds by name and pinyin', () => {
  expect(listedMembers(members, people, 'zym', matching).map(({ person }) => person)).toEqual(['z'])
  expect(listedMembers(members, people, 'nobody', matching)).toEqual([])
})

test('what each role may do to whom', () => {
  const may = (mine: Role, theirs: Role, who = 'x') => memberActions(mine, member(who, theirs), 'me')
  expect(may('owner', 'admin')).toEqual({ role: true, hand: true, remove: true })
  expect(may('admin', 'member')).toEqual({ role: false, hand: false, remove: true })
  expect(may('admin', 'admin')).toEqual({ role: false, hand: false, remove: false })
  expect(may('admin', 'owner')).toEqual({ role: false, hand: false, remove: false })
  expect(may('member', 'member')).toEqual({ role: false, hand: false, remove: false })
  expect(may('owner', 'owner', 'me')).toEqual({ role: false, hand: false, remove: false })
})

function member(person: Id, role: Role): Member {
  return { person, role, joined: '1', read_seq: 0, marks: [] }
}

function person(id: Id, name: string, pinyin: string) {
  return personOf(id, { name, pinyin })
}
