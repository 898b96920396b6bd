import { readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { expect, test, vi } from 'vitest'
import { type Haystack, haystackOf, loadReadings, matchRank, needleOf } from '.'

/** The server is held to the same cases: tests/org/test_finding.py. */
const file = resolve(import.meta.dirname, '../../../../tests/org/finding.json')
const cases = JSON.parse(readFileSync(file, 'utf8')) as { name: string; pinyin: string; by: string[]; not: string[] }[]

const rank = (query: string, name: string, pinyin?: string) => matchRank(haystackOf(name, pinyin), needleOf(query))

test('until readings are there, people are found as the server reads them', async () => {
  vi.resetModules() // another test of this process may have fetched them
  const first = await import('.')
  const before = (query: string, name: string, pinyin?: string) =>
    first.matchRank(first.haystackOf(name, pinyin), first.needleOf(query))
  expect(before('zhangwei', '张伟', 'zhang wei')).toBe(4)
  expect(before('chongqing', '重庆分公司')).toBeNull()
})

test('readings are fetched', async () => {
  await loadReadings()
  expect(rank('chongqing', '重庆分公司')).toBe(7)
})

test.each(cases)('$name is found as the server finds it', ({ name, pinyin, by, not }) => {
  expect(by.filter(query => rank(query, name, pinyin) === null)).toEqual([])
  expect(not.filter(query => rank(query, name, pinyin) !== null)).toEqual([])
})

test.each([
  ['张伟', 0],
  ['张', 2],
  ['zw', 3],
  ['z', 5],
  ['zhang', 4],
  ['Zhang Wei', 4],
  ['zhangw', 5],
  ['zhwei', 5],
  ['张w', 5],
  ['wei', 6],
  ['伟', 6],
])('"%s" finds 张伟 with rank %i', (query, expected) => {
  expect(rank(query, '张伟', 'zhang wei')).toBe(expected)
})

test.each(['zhangx', '李', 'zwx', 'hang', ' ', ''])('"%s" does not find 张伟', query => {
  expect(rank(query, '张伟', 'zhang wei')).toBeNull()
})

test('one syllable may be two', () => {
  expect(rank('xian', '西安分公司')).toBe(4)
  expect(rank('xafgs', '西安分公司')).toBe(3)
})

test('whole syllables fit better than cut ones', () => {
  expect(rank('lin', '林雨桐')).toBe(4)
  expect(rank('lin', '黎娜')).toBe(5)
})

test('whole words before beginnings, beginnings before sounds', () => {
  expect(rank('tan', 'Marcus Tan')).toBe(1)
  expect(rank('tan', 'Tania Li')).toBe(2)
  expect(rank('tan', '谭明', 'tan ming')).toBe(4)
  expect(rank('mt', 'Marcus Tan')).toBe(3)
  expect(rank('marcus t', 'Marcus Tan')).toBe(2)
  expect(rank('cus', 'Marcus Tan')).toBe(9)
  expect(rank('tan marcus', 'Marcus Tan')).toBe(1)
  expect(rank('wei zhang', '张伟', 'zhang wei')).toBe(8)
})

test('the usual reading before others', () => {
  expect(rank('qin', '覃晓明', 'qin xiao ming')).toBe(4)
  expect(rank('tan', '覃晓明', 'qin xiao ming')).toBe(7)
})

test('mixed titles are found by either language', () => {
  expect(rank('q3jy', 'Q3 经营分析')).toBe(5)
  expect(rank('经营', 'Q3 经营分析')).toBe(6)
  expect(rank('nv', '女', 'nv')).toBe(4)
  expect(rank('C++', 'C++ 组')).toBe(1)
  expect(rank('#', 'C# / .NET')).toBe(9)
})

test('of 5,000 names each is decided after a few looks at its sounds, whether it fits or not', () => {
  let looks = 0
  const counted = (haystack: Haystack): Haystack => ({
    ...haystack,
    parts: haystack.parts.map(({ text, usual, all }) => ({
      text,
      get usual() {
        looks += 1
        return usual
      },
      get all() {
        looks += 1
        return all
      },
    })),
  })
  const names = Array.from({ length: 5000 }, (_, i) => counted(haystackOf(`张伟${i}`, `zhang wei ${i}`)))
  const needle = needleOf('zhangwei49')
  const found = names.filter(name => matchRank(name, needle) !== null)
  expect(found).toHaveLength(111)
  expect(looks / names.length).toBeLessThan(40)
})

test('a name with more ways to be parted than can be tried is decided at once', () => {
  const name = Array(60).fill('aa').join(' ')
  expect(rank(`${'a'.repeat(40)}b`, name)).toBe(null)
  expect(rank('a'.repeat(39), name)).toBe(2)
})
