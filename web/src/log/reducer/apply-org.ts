import type { Id, Me, Person } from '../../core/api/contract.ts'
import { Revision } from './revision.ts'
import type { State } from './state.ts'

/** Take in people that were fetched. Those asked for and not answered do not exist for me (a log that was restored may have
 * lost them); they are not asked for again. */
export function applyPeople(state: State, asked: readonly Id[], people: readonly Person[]): State {
  const revision = new Revision(state)
  for (const id of asked) revision.unwant('people', id)
  for (const id of asked) revision.dropPerson(id)
  for (const person of people) revision.setPerson(person)
  return revision.next
}

export function applyMe(state: State, me: Me): State {
  return { ...state, me, wanted: { ...state.wanted, me: false } }
}

/** The server said whether the company has other sites. */
export function applySites(state: State, hasSites: boolean): State {
  return state.hasSites === hasSites ? state : { ...state, hasSites }
}
