import { beforeAll, expect, test } from 'vitest'
import { loadReadings } from '@/core/pinyin'
import { personOf } from '@/log/testing/people'
import { findCandidates } from './candidates'

const people = [person('1', '陈思远', 'chen si yuan'), person('2', 'Marcus Tan', ''), person('3', '思明', 'si ming')]

beforeAll(loadReadings)

const everyone = '所有人'
const find = (query: string, word: string | null = everyone, among = people) =>
  findCandidates(among, word, query, ({ title }) => title).map(({ name }) => name)

test('all first, then everybody, until something is typed', () => {
  expect(find('')).toEqual([everyone, '陈思远', 'Marcus Tan', '思明'])
  expect(find(' ')).toEqual([everyone, '陈思远', 'Marcus Tan', '思明'])
  expect(find('', null)).toEqual(['陈思远', 'Marcus Tan', '思明'])
})

test('by name, pinyin and initials, best first', () => {
  expect(find('思')).toEqual(['思明', '陈思远'])
  expect(find('csy')).toEqual(['陈思远'])
  expect(find('chensi')).toEqual(['陈思远'])
  expect(find('tan')).toEqual(['Marcus Tan'])
  expect(find('tanmarcus')).toEqual(['Marcus Tan'])
})

const su = ['苏晚', '苏超', '苏嘉怡'].map((name, index) =>
  person(`s${index}`, name, `su ${['wan', 'chao', 'jia yi'][index]}`),
)
const a = [person('a1', 'Adrian Chua', ''), person('a2', 'Alan Wu', '')]

test.each(['s', 'su', 'suo', 'a', 'al', '所'])('of a part of their name all are never the first choice: %s', query => {
  const found = find(query, everyone, [...su, ...a])
  expect(found[0]).not.toBe(everyone)
  expect(find(query, everyone, [])).toEqual([])
})

test.each(['all', 'ALL', '所有', '所有人', 'everyone', '全员'])('asked for by their whole name they are: %s', query => {
  expect(find(query, everyone, [...su, ...a, person('9', 'Allan Ho', '')])[0]).toBe(everyone)
  expect(find(query, null)).toEqual([])
})

function person(id: string, name: string, pinyin: string) {
  return personOf(id, { name, pinyin })
}
