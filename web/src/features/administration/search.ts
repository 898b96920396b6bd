import type { Id } from '@/core/api'
import { searchId, searchText } from '@/core/routing'

/** What the address of the administration says. */
export interface AdministrationSearch {
  /** The part of the company that is worked on. */
  unit?: Id
  /** What of it is open beside the list. */
  open?: string
}

export function administrationSearch({ unit, open }: Record<string, unknown>): AdministrationSearch {
  return { unit: searchId(unit), open: searchText(open) }
}
