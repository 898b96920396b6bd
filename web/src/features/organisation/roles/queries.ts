import { queryOptions } from '@tanstack/react-query'
import type { HeldGrant, Id, Person } from '@/core/api'
import { type Ask, liveQuery } from '@/log'

const idsAtOnce = 200

/** A role together with who has it; the person is missing where they cannot be found any more. */
export interface Holder {
  grant: HeldGrant
  person: Person | undefined
}

/** The roles that hold in a unit, those inherited from above it first, and those given below it. */
export function grantsQuery(unit: Id) {
  return queryOptions(
    liveQuery(['org', 'grants', unit], async (ask): Promise<Holder[]> => {
      const { grants } = await ask('GET /grants', { query: { unit } })
      const people = await peopleOf([...new Set(grants.map(({ person }) => person))], ask)
      return grants.map(grant => ({ grant, person: people.get(grant.person) }))
    }),
  )
}

async function peopleOf(ids: Id[], ask: Ask): Promise<Map<Id, Person>> {
  const people = new Map<Id, Person>()
  for (let at = 0; at < ids.length; at += idsAtOnce) {
    const query = { ids: ids.slice(at, at + idsAtOnce).join() }
    const answer = await ask('GET /org/people', { query })
    for (const person of answer.people) people.set(person.id, person)
  }
  return people
}
