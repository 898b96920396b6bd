import { expect, test } from 'vitest'
import type { Person } from '@/core/api'
import { findCandidates } from './candidates'

const people = [person('1', '陈思远', 'chen si yuan'), person('2', 'Marcus Tan', ''), person('3', '思明', 'si ming')]

const names = (query: string, everyone: string | null = '所有人') =>
  findCandidates(people, everyone, query).map(({ name }) => name)

test('all first, then everybody, until something is typed', () => {
  expect(names('')).toEqual(['所有人', '陈思远', 'Marcus Tan', '思明'])
  expect(names('', null)).toEqual(['陈思远', 'Marcus Tan', '思明'])
})

test('by name, pinyin and initials, best first', () => {
  expect(names('思')).toEqual(['思明', '陈思远'])
  expect(names('csy')).toEqual(['陈思远'])
  expect(names('chensi')).toEqual(['陈思远'])
  expect(names('tan')).toEqual(['Marcus Tan'])
})

test('all is found in both languages', () => {
  expect(names('all')).toEqual(['所有人'])
  expect(names('suoyou')).toEqual(['所有人'])
  expect(names('all', null)).toEqual([])
})

function person(id: string, name: string, pinyin: string): Person {
  return { id, name, pinyin, initials: '', title: '', unit: '1', branch: '1', active: true }
}
