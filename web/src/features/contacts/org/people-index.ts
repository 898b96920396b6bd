import { squashed } from '@/characters'
import type { Id, Person } from '@/core/api'
import { type Haystack, haystackOf, knownHaystackOf, matchRank, type Needle, needleOf, worstRank } from '@/core/pinyin'
import { type OrgTree, pathOf } from './org-tree'

/** People made ready to be searched as somebody types. */
export interface PeopleIndex {
  entries: readonly Entry[]
}

interface Entry {
  person: Person
  haystack: Haystack
  title: string
}

export interface RankedPerson {
  person: Person
  /** 0 the best. */
  rank: number
}

const titleRank = worstRank + 1
const unitRank = worstRank + 2
const everyWordRank = worstRank + 3

export function peopleIndexOf(people: readonly Person[]): PeopleIndex {
  const entries = people
    .filter(person => person.active)
    .map(person => ({ person, haystack: haystackOf(person.name, person.pinyin), title: squashed(person.title) }))
  return { entries }
}

/** The best `limit` people by name, its sound, title, then unit; of equals those with the shorter name first. */
export function searchPeople(index: PeopleIndex, query: string, limit: number, tree?: OrgTree): Person[] {
  return rankPeople(index, query, tree)
    .slice(0, limit)
    .map(({ person }) => person)
}

export function rankPeople(index: PeopleIndex, query: string, tree?: OrgTree): RankedPerson[] {
  const needle = needleOf(query)
  if (!needle.name) return []
  const units = unitsNamed(tree, needle)
  const words = needle.words.length < 2 ? [] : needle.words.map(word => wordSearch(word, tree))
  const found: RankedPerson[] = []
  for (const entry of index.entries) {
    const rank = matchRank(entry.haystack, needle) ?? otherRank(entry, needle, units, words)
    if (rank !== null) found.push({ person: entry.person, rank })
  }
  return found.sort((a, b) => a.rank - b.rank || order(a.person, b.person))
}

interface WordSearch {
  needle: Needle
  units: ReadonlySet<Id>
}

function wordSearch(word: string, tree: OrgTree | undefined): WordSearch {
  const needle = needleOf(word)
  return { needle, units: unitsNamed(tree, needle) }
}

/** Found not by the name alone: by title, by unit, or each word by something ("li caiwu"). */
function otherRank(entry: Entry, needle: Needle, units: ReadonlySet<Id>, words: readonly WordSearch[]): number | null {
  if (needle.text && entry.title.includes(needle.text)) return titleRank
  if (units.has(entry.person.unit)) return unitRank
  return words.length > 0 && words.every(word => hasWord(entry, word)) ? everyWordRank : null
}

function hasWord({ person, haystack, title }: Entry, { needle, units }: WordSearch): boolean {
  return title.includes(needle.text) || units.has(person.unit) || matchRank(haystack, needle) !== null
}

/** The units whose name begins so or says so in full, and all below them; the company is everybody's. */
function unitsNamed(tree: OrgTree | undefined, needle: Needle): ReadonlySet<Id> {
  const named = new Set<Id>()
  if (!tree || !needle.text) return named
  for (const { id, name, kind } of tree.units.values()) {
    const haystack = knownHaystackOf(name)
    const rank = kind === 'company' ? null : matchRank(haystack, needle)
    if (rank !== null && (rank < unitFits || haystack.text.includes(needle.text))) named.add(id)
  }
  if (named.size === 0) return named
  return new Set([...tree.units.keys()].filter(id => pathOf(tree, id).some(above => named.has(above.id))))
}

/** From here on a unit is named by a part of its sound alone. */
const unitFits = 6

function order(a: Person, b: Person): number {
  return a.name.length - b.name.length || (a.pinyin || a.name).localeCompare(b.pinyin || b.name)
}
