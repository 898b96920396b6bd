import type { Id } from '@/core/api'

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
  return {
    ...(isId(branch) && { branch }),
    ...(isId(unit) && { unit }),
    ...(isId(person) && { person }),
    ...(typeof q === 'string' && q !== '' && { q }),
  }
}

function isId(value: unknown): value is Id {
  return typeof value === 'string' && /^-?\d{1,19}$/.test(value)
}
