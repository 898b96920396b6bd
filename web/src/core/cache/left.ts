import { forget, remember, remembered } from '@/ui/device-memory'
import type { Id } from '../api/contract.ts'

const prefix = 'bilin.left.'

/**
 * What a page that goes has not stored yet. A database may not get to it any more, so it is written at once and beside it, as text; the next
 * page of the person takes it up.
 */
export function leave(person: Id, left: unknown): void {
  remember(prefix + person, JSON.stringify(left))
}

/** What the page before left; it stays until `forgetLeft`. */
export function leftBy<T>(person: Id): T | null {
  try {
    return JSON.parse(remembered(prefix + person) ?? 'null') as T | null
  } catch {
    return null
  }
}

/** It is stored, or the person signed out. */
export function forgetLeft(person: Id): void {
  if (remembered(prefix + person) !== null) forget(prefix + person)
}

/** Other people were here. */
export function forgetLeftByOthers(person: Id): void {
  try {
    const names = Object.keys(localStorage).filter(name => name.startsWith(prefix) && name !== prefix + person)
    for (const name of names) forget(name)
  } catch {
    // a browser that forbids storage has stored nothing
  }
}
