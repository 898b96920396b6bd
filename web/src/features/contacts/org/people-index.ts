import type { Person } from '@/core/api'
import { type Haystack, haystackOf, matchRank, needleOf, worstRank } from '@/core/pinyin'

/** People made ready to be searched as somebody types. */
export interface PeopleIndex {
  entries: readonly { person: Person; haystack: Haystack; title: string }[]
}

const titleRank = worstRank + 1

export function peopleIndexOf(people: readonly Person[]): PeopleIndex {
  const entries = people
    .filter(person => person.active)
    .map(person => ({ person, haystack: haystackOf(person.name, person.pinyin), title: person.title.toLowerCase() }))
  return { entries }
}

/** The best `limit` people by name, pinyin, initials, then title; of equals those with the shorter name first. */
export function searchPeople(index: PeopleIndex, query: string, limit: number): Person[] {
  return rankPeople(index, query)
    .slice(0, limit)
    .map(({ person }) => person)
}

export function rankPeople(index: PeopleIndex, query: string): { person: Person; rank: number }[] {
  const needle = needleOf(query)
  if (!needle.letters) return []
  const found: { person: Person; rank: number }[] = []
  for (const { person, haystack, title } of index.entries) {
    const rank = matchRank(haystack, needle) ?? (title.includes(needle.text) ? titleRank : null)
    if (rank !== null) found.push({ person, rank })
  }
  return found.sort((a, b) => a.rank - b.rank || order(a.person, b.person))
}

function order(a: Person, b: Person): number {
  return a.name.length - b.name.length || (a.pinyin || a.name).localeCompare(b.pinyin || b.name)
}
