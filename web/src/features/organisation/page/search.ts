import type { Id } from '@/core/api'
import { searchId } from '@/core/routing'

/** What the address of the administration says. */
export interface OrganisationSearch {
  /** The part of the company that is worked on. */
  unit?: Id
}

export function organisationSearch({ unit }: Record<string, unknown>): OrganisationSearch {
  return { unit: searchId(unit) }
}
