import { expect, test } from 'vitest'
import { treeMove, treeRows } from './tree-rows'

const company = [{ id: 'c', children: [{ id: 'hq', children: [{ id: 'it' }] }, { id: 'sh' }] }]
const ids = (open: string[]) => treeRows(company, new Set(open)).map(row => `${row.depth}${row.node.id}`)

test('shows what stands in open parents', () => {
  expect(ids([])).toEqual(['0c'])
  expect(ids(['c'])).toEqual(['0c', '1hq', '1sh'])
  expect(ids(['c', 'hq', 'sh'])).toEqual(['0c', '1hq', '2it', '1sh'])
  expect(treeRows(company, new Set(['c', 'sh'])).map(row => row.open)).toEqual([true, false, false])
})

test('moves by keys', () => {
  const rows = treeRows(company, new Set(['c', 'hq']))
  expect(treeMove('ArrowDown', rows, 'hq')).toEqual({ focus: 'it' })
  expect(treeMove('ArrowDown', rows, 'sh')).toEqual({ focus: 'sh' })
  expect(treeMove('ArrowUp', rows, 'hq')).toEqual({ focus: 'c' })
  expect(treeMove('End', rows, 'c')).toEqual({ focus: 'sh' })
  expect(treeMove('ArrowRight', rows, 'hq')).toEqual({ focus: 'it' })
  expect(treeMove('ArrowLeft', rows, 'it')).toEqual({ focus: 'hq' })
  expect(treeMove('ArrowLeft', rows, 'hq')).toEqual({ toggle: 'hq' })
  expect(treeMove('ArrowRight', rows, 'sh')).toBeNull()
  expect(treeMove('ArrowRight', treeRows(company, new Set()), 'c')).toEqual({ toggle: 'c' })
  expect(treeMove('ArrowDown', rows, 'gone')).toBeNull()
})
