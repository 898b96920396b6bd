import { expect, test } from 'vitest'
import { type Haystack, haystackOf, matchRank, needleOf } from './match.ts'

const rank = (query: string, name: string, pinyin?: string) => matchRank(haystackOf(name, pinyin), needleOf(query))

test.each([
  ['张伟', 0],
  ['张', 1],
  ['zw', 2],
  ['z', 4],
  ['zhang', 3],
  ['Zhang Wei', 3],
  ['zhangw', 4],
  ['zhwei', 4],
  ['张w', 4],
  ['wei', 5],
  ['伟', 5],
])('"%s" finds 张伟 with rank %i', (query, expected) => {
  expect(rank(query, '张伟', 'zhang wei')).toBe(expected)
})

test.each(['wz', 'zhangx', '李', 'zwx', 'hang', ' ', ''])('"%s" does not find 张伟', query => {
  expect(rank(query, '张伟', 'zhang wei')).toBeNull()
})

test('one syllable may be two', () => {
  expect(rank('xian', '西安分公司')).toBe(3)
  expect(rank('xafgs', '西安分公司')).toBe(2)
})

test('whole syllables fit better than cut ones', () => {
  expect(rank('lin', '林雨桐')).toBe(3)
  expect(rank('lin', '黎娜')).toBe(4)
})

test('names without Chinese are found by their words', () => {
  expect(rank('tan', 'Marcus Tan')).toBe(5)
  expect(rank('mt', 'Marcus Tan')).toBe(2)
  expect(rank('marcus t', 'Marcus Tan')).toBe(1)
  expect(rank('cus', 'Marcus Tan')).toBe(6)
})

test('mixed titles are found by either language', () => {
  expect(rank('q3jy', 'Q3 经营分析')).toBe(4)
  expect(rank('经营', 'Q3 经营分析')).toBe(5)
  expect(rank('nv', '女', 'nü')).toBe(3)
})

test('of 5,000 names each is decided after a few looks at its sounds, whether it fits or not', () => {
  let looks = 0
  const counted = (haystack: Haystack): Haystack => ({
    ...haystack,
    parts: haystack.parts.map(({ text, sound }) => ({
      text,
      get sound() {
        looks += 1
        return sound
      },
    })),
  })
  const names = Array.from({ length: 5000 }, (_, i) => counted(haystackOf(`张伟${i}`, `zhang wei ${i}`)))
  const needle = needleOf('zhangwei49')
  const found = names.filter(name => matchRank(name, needle) !== null)
  expect(found).toHaveLength(111)
  expect(looks / names.length).toBeLessThan(20)
})

test('a name with more ways to be parted than can be tried is decided at once', () => {
  expect(rank(`${'a'.repeat(40)}b`, Array(60).fill('aa').join(' '))).toBe(null)
  expect(rank('a'.repeat(40), Array(60).fill('aa').join(' '))).toBe(3)
})
