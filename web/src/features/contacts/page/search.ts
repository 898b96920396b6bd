import type { Id } from '@/core/api'
import { searchId, searchText } from '@/core/routing'

/** What the address of the contacts page says. */
export interface ContactsSearch {
  /** The branch whose people are shown; all of the company without one. */
  branch?: Id
  unit?: Id
  /** What is searched for. */
  q?: string
  /** Whose card is open. */
  person?: Id
}

export function contactsSearch({ branch, unit, q, person }: Record<string, unknown>): ContactsSearch {
  return { branch: searchId(branch), unit: searchId(unit), q: searchText(q), person: searchId(person) }
}
