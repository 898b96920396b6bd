import type { Id } from '@/core/api'

/** What the address of the administration says. */
export interface OrganisationSearch {
  /** The part of the company that is worked on. */
  unit?: Id
}

export function organisationSearch({ unit }: Record<string, unknown>): OrganisationSearch {
  return typeof unit === 'string' && /^-?\d{1,19}$/.test(unit) ? { unit } : {}
}
