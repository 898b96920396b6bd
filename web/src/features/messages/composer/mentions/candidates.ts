import type { Id, Person } from '@/core/api'
import { type Haystack, haystackOf, matchRank, needleOf } from '@/core/pinyin'
import { everyoneId } from '../everyone'

/** Somebody who may be mentioned, or all. */
export interface Candidate {
  id: Id | typeof everyoneId
  name: string
  /** Tells people of the same name apart. */
  hint: string
}

const shownAtMost = 30
const known = new WeakMap<Person, Haystack>()

/**
 * Who fits what was typed after the @, best first: by name, pinyin or initials. Without a query, all in the order given.
 * `everyone`: the word for all, where all may be mentioned.
 */
export function findCandidates(people: readonly Person[], everyone: string | null, query: string): Candidate[] {
  const all = everyone === null ? [] : [{ id: everyoneId, name: everyone, hint: '' }]
  if (!query.trim()) return [...all, ...people.slice(0, shownAtMost).map(candidateOf)]
  const needle = needleOf(query)
  const rankAll = everyone === null ? null : bestRank([haystackOf(everyone), haystackOf('all')], needle)
  const ranked = people
    .map((person, index) => ({ person, index, rank: matchRank(haystackOfPerson(person), needle) }))
    .filter((found): found is typeof found & { rank: number } => found.rank !== null)
    .sort((a, b) => a.rank - b.rank || a.index - b.index)
  return [...(rankAll === null ? [] : all), ...ranked.slice(0, shownAtMost).map(({ person }) => candidateOf(person))]
}

function candidateOf(person: Person): Candidate {
  return { id: person.id, name: person.name, hint: person.title }
}

function bestRank(haystacks: Haystack[], needle: ReturnType<typeof needleOf>): number | null {
  return haystacks.map(haystack => matchRank(haystack, needle)).find(rank => rank !== null) ?? null
}

function haystackOfPerson(person: Person): Haystack {
  const before = known.get(person)
  if (before) return before
  const haystack = haystackOf(person.name, person.pinyin)
  known.set(person, haystack)
  return haystack
}
