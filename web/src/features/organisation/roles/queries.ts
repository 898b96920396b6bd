import { queryOptions } from '@tanstack/react-query'
import { type Grant, type Id, type Person, request } from '@/core/api'
import { orgKey } from '@/features/contacts'

const idsAtOnce = 200

/** A role together with who has it; the person is missing where they cannot be found any more. */
export interface Holder {
  grant: Grant
  person: Person | undefined
}

/** The roles that hold in a unit, those inherited from above it first, and those given below it. */
export function grantsQuery(unit: Id) {
  return queryOptions({
    queryKey: [...orgKey, 'grants', unit],
    queryFn: async ({ signal }): Promise<Holder[]> => {
      const { grants } = await request('GET /grants', { query: { unit } }, { signal })
      const people = await peopleOf([...new Set(grants.map(({ person }) => person))], signal)
      return grants.map(grant => ({ grant, person: people.get(grant.person) }))
    },
  })
}

async function peopleOf(ids: Id[], signal: AbortSignal): Promise<Map<Id, Person>> {
  const people = new Map<Id, Person>()
  for (let at = 0; at < ids.length; at += idsAtOnce) {
    const query = { ids: ids.slice(at, at + idsAtOnce).join() }
    const answer = await request('GET /org/people', { query }, { signal })
    for (const person of answer.people) people.set(person.id, person)
  }
  return people
}
