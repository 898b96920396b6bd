import { expect, test } from 'vitest'
import type { Person, Unit } from '@/core/api'
import { namesakesOf } from '@/log'
import { orgTreeOf } from './org-tree'
import { apart } from './useToldApart'

const unit = (id: string, parent: string | null, name: string, kind: Unit['kind'] = 'department') =>
  ({ id, parent, name, kind, path: '', rank: 0, people: 0, locale: null }) as Unit
const tree = orgTreeOf([
  unit('1', null, '云川集团', 'company'),
  unit('2', '1', '华东分公司', 'branch'),
  unit('3', '1', '华北分公司', 'branch'),
  unit('4', '2', '财务部'),
  unit('5', '3', '财务部'),
  unit('6', '3', '市场部'),
])
const person = (id: string, name: string, unit: string, title = '') => ({ id, name, unit, title }) as Person
const people = (...all: Person[]) => Object.fromEntries(all.map(each => [each.id, each]))
const told = (all: Record<string, Person>, id: string) => apart(tree, id, namesakesOf(all).get(id) ?? [])

test('the unit is told when, and only when, two known people share the name', () => {
  const known = people(person('a', '王伟', '4'), person('b', '王伟', '6'), person('c', '李娜', '6'))
  expect(['a', 'b', 'c'].map(id => told(known, id))).toEqual(['财务部', '市场部', ''])
  expect(told(people(person('a', '王伟', '4')), 'a')).toBe('')
})

test('names that only look the same are the same', () => {
  const known = people(
    person('a', '王伟', '4'),
    person('b', '王 伟', '6'),
    person('c', 'ＬＩ Na', '6'),
    person('d', 'li na', '4'),
  )
  expect([...namesakesOf(known).keys()].sort()).toEqual(['a', 'b', 'c', 'd'])
})

test('where units are called the same, all of the place is told', () => {
  const known = people(person('a', '王伟', '4', '会计'), person('b', '王伟', '5', '出纳'), person('c', '王伟', '6'))
  expect(told(known, 'a')).toBe('华东分公司 / 财务部 · 会计')
  expect(told(known, 'c')).toBe('市场部')
})

test('who else is fetched changes nothing for those who show namesakes', () => {
  const known = people(person('a', '王伟', '4'), person('b', '王伟', '6'))
  const before = namesakesOf(known)
  expect(namesakesOf({ ...known, c: person('c', '李娜', '6') })).toBe(before)
  expect(namesakesOf({ ...known, c: person('c', '王伟', '5') })).not.toBe(before)
})
