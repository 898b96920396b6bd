import type { Id, Person } from '@/core/api'
import { logStore } from '../live/log-store.ts'

type People = Readonly<Record<Id, Person>>
type Namesakes = ReadonlyMap<Id, readonly Person[]>

const none: Namesakes = new Map()
let latest: { of: People | undefined; namesakes: Namesakes } = { of: undefined, namesakes: none }

/** Of all who are known here those who share the name they are shown by, each with all who do. The same while they are. */
export function useNamesakes(): Namesakes {
  return logStore(({ log }) => namesakesOf(log?.people))
}

export function namesakesOf(people: People | undefined): Namesakes {
  if (people !== latest.of) latest = { of: people, namesakes: kept(found(people ?? {})) }
  return latest.namesakes
}

function found(people: People): Namesakes {
  const named = new Map<string, Person[]>()
  for (const person of Object.values(people)) {
    const looks = looksOf(person.name)
    const others = named.get(looks)
    if (others) others.push(person)
    else named.set(looks, [person])
  }
  const shared = [...named.values()].filter(group => group.length > 1)
  return shared.length === 0 ? none : new Map(shared.flatMap(group => group.map(({ id }) => [id, group] as const)))
}

/** Width, case and blanks are hardly seen. */
function looksOf(name: string): string {
  return name
    .normalize('NFKC')
    .toLowerCase()
    .replace(/[\s\p{Cf}]/gu, '')
}

/** What was found before, when it is the same: nobody is drawn again for others who were fetched. */
function kept(now: Namesakes): Namesakes {
  const before = latest.namesakes
  const isSame = now.size === before.size && [...now].every(([id, group]) => areSame(group, before.get(id)))
  return isSame ? before : now
}

function areSame(group: readonly Person[], other: readonly Person[] | undefined): boolean {
  return group.length === other?.length && group.every((person, index) => person === other[index])
}
