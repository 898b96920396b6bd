import { beforeAll, expect, test } from 'vitest'
import type { Unit } from '@/core/api'
import { loadReadings } from '@/core/pinyin'
import { personOf } from '@/log/testing/people'
import { branchesOf, isWithin, nodeOf, orgTreeOf, pathOf, walk } from './org-tree'
import { peopleIndexOf, searchPeople } from './people-index'
import { placeOf } from './usePlace'

beforeAll(loadReadings)

const unit = (id: string, parent: string | null, name: string, kind: Unit['kind'], rank = 0): Unit => ({
  ...{ id, parent, name, kind, rank, path: '', people: 0, locale: null },
})
const units = [
  unit('4', '2', '市场部', 'department', 2),
  unit('1', null, '云川集团', 'company'),
  unit('2', '1', '华东分公司', 'branch', 1),
  unit('3', '1', '华北分公司', 'branch', 1),
  unit('5', '2', '研发部', 'department', 1),
]
const tree = orgTreeOf(units)

test('children stand by rank, then by the sound of their names', () => {
  expect(walk(tree.roots).map(node => node.unit.name)).toEqual([
    '云川集团',
    '华北分公司',
    '华东分公司',
    '研发部',
    '市场部',
  ])
})

test('paths, branches and what lies within', () => {
  expect(pathOf(tree, '4').map(({ name }) => name)).toEqual(['云川集团', '华东分公司', '市场部'])
  expect(pathOf(tree, '99')).toEqual([])
  expect(branchesOf(tree).map(({ id }) => id)).toEqual(['1', '3', '2'])
  expect(isWithin(tree, '4', '2')).toBe(true)
  expect(isWithin(tree, '4', '3')).toBe(false)
  expect(nodeOf(tree, '2')?.children).toHaveLength(2)
})

test('a part of the company is shown though its parent is not in the list', () => {
  expect(orgTreeOf([unit('2', '1', '华东分公司', 'branch')]).roots).toHaveLength(1)
})

const person = (id: string, name: string, pinyin: string, title = '', active = true) =>
  personOf(id, { name, pinyin, title, active, unit: '2', branch: '2' })
const index = peopleIndexOf([
  person('1', '张伟', 'zhang wei', '工程师'),
  person('2', '章伟', 'zhang wei'),
  person('3', '魏章', 'wei zhang', '张江负责人'),
  person('4', 'Marcus Tan', '', 'General Manager'),
  person('5', '张薇', 'zhang wei', '', false),
  person('6', '欧阳张伟', 'ou yang zhang wei'),
])
const found = (query: string, limit = 9) => searchPeople(index, query, limit).map(({ id }) => id)

test('people are found by name, pinyin, initials and title, the best first, nobody who has left', () => {
  expect(found('张')).toEqual(['1', '6', '3'])
  expect(found('zw')).toEqual(['1', '2', '6', '3'])
  expect(found('weizhang')).toEqual(['3', '1', '2'])
  expect(found('wei')).toEqual(['3', '1', '2', '6'])
  expect(found('general')).toEqual(['4'])
  expect(found('zw', 1)).toEqual(['1'])
  expect(found('')).toEqual([])
})

test('people are found by their unit, by several words, and told apart by where they work', () => {
  const of = (id: string, name: string, unit: string) => ({ ...person(id, name, ''), unit })
  const wei = [of('7', '王伟', '4'), of('8', '王伟', '5'), of('9', '钱多多', '4')]
  const search = (query: string) => searchPeople(peopleIndexOf(wei), query, 9, tree).map(({ id }) => id)
  expect(search('市场部')).toEqual(['7', '9'])
  expect(search('shichang')).toEqual(['7', '9'])
  expect(search('华东分公司')).toEqual(['7', '8', '9'])
  expect(search('王伟 研发')).toEqual(['8'])
  expect(search('云川集团')).toEqual([])
  expect(wei.map(each => placeOf(tree, each))).toEqual([
    '华东分公司 / 市场部',
    '华东分公司 / 研发部',
    '华东分公司 / 市场部',
  ])
})
