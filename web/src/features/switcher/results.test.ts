import { beforeAll, expect, test, vi } from 'vitest'
import type { Conversation, Person } from '@/core/api'
import { loadReadings } from '@/core/pinyin'
import { haystackOf } from '@/core/pinyin/haystack.ts'
import { matchRank } from '@/core/pinyin/match.ts'
import { peopleIndexOf, rankPeople } from '@/features/contacts'
import { conversation as exampleConversation } from '@/log/testing/examples'
import { personOf } from '@/log/testing/people'
import { type Known, moreSection, resultsOf, type Section } from './results'

// As they are, and counted: a bound in milliseconds would say how busy the machine is.
vi.mock('@/core/pinyin/haystack.ts', { spy: true })
vi.mock('@/core/pinyin/match.ts', { spy: true })

beforeAll(loadReadings)

const conversation = (id: string, some: Partial<Conversation>) =>
  exampleConversation({ id, title: '', created: id, ...some })
const person = (id: string, name: string, pinyin = '') => personOf(id, { name, pinyin })
const people = [
  person('1', '苏晚', 'su wan'),
  person('2', '陈思远', 'chen si yuan'),
  person('3', '陈雨', 'chen yu'),
  person('4', 'Marcus Tan'),
]
const finderOf = (all: Person[]) => {
  const index = peopleIndexOf(all)
  return (text: string) => rankPeople(index, text)
}
const known: Known = {
  me: '1',
  rankPeople: finderOf(people),
  nameOf: ({ title, peer }) => people.find(({ id }) => id === peer)?.name ?? title,
  commands: [
    { id: 'dark', label: '深色主题', words: 'dark, theme', run: () => {} },
    { id: 'contacts', label: '打开通讯录', words: 'contacts', run: () => {} },
  ],
  conversations: [
    conversation('10', { title: '华东区经营周会', last_seq: 9 }),
    conversation('11', { title: '陈列组' }),
    conversation('12', { kind: 'direct', peer: '3' }),
    conversation('13', { title: '静音群', last_seq: 9, muted: true }),
    conversation('14', { title: '藏起来的群', hidden: true }),
  ],
}
const shown = (sections: readonly Section[]) =>
  sections.map(({ id, items }) => [id, ...items.map(item => item.id)].join(' '))

test('empty: what is unread, then what was active last; hidden conversations are not offered', () => {
  expect(shown(resultsOf('', known))).toEqual(['unread c10', 'recent c13 c12 c11'])
})

test('people, groups and commands are found by pinyin and initials; whom I talk with comes as our conversation', () => {
  expect(shown(resultsOf('chen', known))).toEqual(['people c12 p2', 'groups c11'])
  expect(shown(resultsOf('hdq', known))).toEqual(['groups c10'])
  expect(shown(resultsOf('华东', known))).toEqual(['groups c10'])
  expect(shown(resultsOf('tan', known))).toEqual(['people p4'])
  expect(shown(resultsOf('dark', known))).toEqual(['commands >dark'])
  expect(shown(resultsOf('szt', known))).toEqual(['commands >dark'])
})

test('the section that fits best comes first', () => {
  expect(shown(resultsOf('陈列组', known))).toEqual(['groups c11'])
  expect(shown(resultsOf('clz', known))).toEqual(['groups c11'])
})

test('prefixes narrow', () => {
  expect(shown(resultsOf('@chen', known))).toEqual(['people c12 p2'])
  expect(shown(resultsOf('#chen', known))).toEqual(['groups c11'])
  expect(shown(resultsOf('>', known))).toEqual(['commands >dark >contacts'])
  expect(shown(resultsOf('#', known))).toEqual(['groups c14 c13 c11 c10'])
})

test('I am not offered to myself, and hidden conversations are found when searched for', () => {
  expect(shown(resultsOf('su wan', known))).toEqual([])
  expect(shown(resultsOf('藏起来', known))).toEqual(['groups c14'])
})

test('what the server finds is added below, without repetition', () => {
  const sections = resultsOf('chen', known)
  const more = moreSection(sections, [...people, person('9', '陈九', 'chen jiu')], '1')
  expect(more.items.map(item => item.id)).toEqual(['p4', 'p9'])
})

test('of 5,000 people and 500 groups each is looked at once, and nothing is worked out that was before', () => {
  const many: Known = {
    ...known,
    rankPeople: finderOf(Array.from({ length: 5000 }, (_, i) => person(String(i + 100), `陈${i}远`, `chen ${i} yuan`))),
    conversations: Array.from({ length: 500 }, (_, i) => conversation(String(i), { title: `第${i}区经营周会` })),
  }
  resultsOf('jing', many)
  vi.clearAllMocks()
  expect(shown(resultsOf('c4999y', many))).toEqual(['people p5099'])
  expect(haystackOf).not.toHaveBeenCalled()
  const namesOfCommands = 5
  expect(matchRank).toHaveBeenCalledTimes(5000 + 500 + namesOfCommands)
})
