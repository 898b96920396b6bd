import { hashKey } from '@tanstack/react-query'

/** As of when an answer is, and which events make it old. */
export interface Place {
  pos: number
  topics: readonly string[]
}

/** Where the answers that are held stand, by the hash of their keys. */
export const places = new Map<string, Place>()

export function placeOf(key: readonly unknown[]): Place | undefined {
  return places.get(hashKey(key))
}

export function setPlace(key: readonly unknown[], place: Place): void {
  places.set(hashKey(key), place)
}

/** Of what was put together from several answers: as old as the oldest, and made old by whatever makes one of them old. */
export function merged(parts: readonly Place[]): Place | undefined {
  if (parts.length === 0) return undefined
  return {
    pos: Math.min(...parts.map(({ pos }) => pos)),
    topics: [...new Set(parts.flatMap(({ topics }) => topics))],
  }
}
