import type { Id } from '../api/types.ts'

/** Moves when the shape of what is stored changes: older databases are dropped, never converted. */
export const cacheVersion = 2

const prefix = 'bilin'

/** The database of one person. The browser keeps those of different servers apart by their origin. */
export function cacheName(person: Id): string {
  return `${prefix}:${person}:${cacheVersion}`
}

/** The person whose database this is; null for one that is not ours or of another version. */
export function ownerOf(name: string): Id | null {
  const [first, person, version] = name.split(':')
  return first === prefix && person && Number(version) === cacheVersion ? person : null
}

export function isCache(name: string): boolean {
  return name.startsWith(`${prefix}:`)
}
