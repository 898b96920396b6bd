import { squashed } from '@/characters'
import type { Id, Person } from '@/core/api'
import { knownHaystackOf, matchRank, type Needle, needleOf } from '@/core/pinyin'
import { everyoneId } from '../everyone'

/** What may stand in the place of what is being written: somebody who may be mentioned, all, or an emoji. */
export interface Candidate {
  id: Id | typeof everyoneId
  name: string
  /** Of people, where they work, and as what: tells those of the same name apart. Of emoji, what else they are called. */
  hint: string
}

/** What fits what was typed after a sign, by what it asks for; null: not known yet. */
export type Candidates = Record<'person' | 'emoji', (query: string) => Candidate[] | null>

const shownAtMost = 30

/**
 * Who fits what was typed after the @, best first: by name, sound and initials; without a query, all in the order given.
 * `everyone`: the word for all, where all may be mentioned. They are the first choice only of who asks for them: with nothing
 * or with their whole name; of a part of it they are the last, and never the only one.
 */
export function findCandidates(
  people: readonly Person[],
  everyone: string | null,
  query: string,
  placeOf: (person: Person) => string,
): Candidate[] {
  const candidateOf = (person: Person) => ({ id: person.id, name: person.name, hint: placeOf(person) })
  const all = everyone === null ? [] : [{ id: everyoneId, name: everyone, hint: '' }]
  const needle = needleOf(query)
  if (!needle.name) return [...all, ...people.slice(0, shownAtMost).map(candidateOf)]
  const found = people
    .map((person, index) => ({ person, index, rank: matchRank(knownHaystackOf(person.name, person.pinyin), needle) }))
    .filter((each): each is typeof each & { rank: number } => each.rank !== null)
    .sort((a, b) => a.rank - b.rank || a.index - b.index)
    .slice(0, shownAtMost)
    .map(({ person }) => candidateOf(person))
  if (everyone === null) return found
  if (wholeWords.includes(needle.text) || needle.text === squashed(everyone)) return [...all, ...found]
  return found.length > 0 && fitsEveryone(everyone, needle) ? [...found, ...all] : found
}

/** What calls all when it is written whole, in either language. */
const wholeWords = ['所有', '所有人', '全体', '全员', 'all', 'everyone', 'everybody']

function fitsEveryone(everyone: string, needle: Needle): boolean {
  return [everyone, ...wholeWords].some(word => matchRank(knownHaystackOf(word), needle) !== null)
}
