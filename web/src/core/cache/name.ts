import type { Id } from '../api/contract.ts'

const prefix = 'bilin'

/**
 * The database of one person; the browser keeps those of different servers apart by their origin. The name never changes:
 * drafts and unsent messages are in it. What can be fetched again says its shape itself (`LogRecord`).
 */
export function cacheName(person: Id): string {
  return `${prefix}:${person}:2`
}

/** Where they were before that: its drafts and unsent messages are taken over. */
export function earlierName(person: Id): string {
  return `${prefix}:${person}:1`
}

/** The person whose database this is, of whatever release; null for one that is not ours. */
export function ownerOf(name: string): Id | null {
  const [first, person] = name.split(':')
  return first === prefix && person ? person : null
}
