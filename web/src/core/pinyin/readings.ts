import { useEffect, useSyncExternalStore } from 'react'

export type ReadingsState = 'coming' | 'here' | 'away'

/** How characters are read: a table of the server's, fetched once and beside the page (it weighs some 40 KB). */
let table: { first: number; syllables: readonly string[]; places: readonly string[] } | null = null
let loading: Promise<void> | null = null
let state: ReadingsState = 'coming'
const listeners = new Set<() => void>()

/** ü is no letter of a keyboard: what people type for it. */
const spellings: Record<string, readonly string[]> = {
  lv: ['lv', 'lu', 'lyu'],
  nv: ['nv', 'nu', 'nyu'],
  lve: ['lve', 'lue'],
  nve: ['nve', 'nue'],
}

/** Fetches the table; rejects where it cannot be reached. */
export function loadReadings(): Promise<void> {
  loading ??= import('./readings.gen.ts').then(
    ({ firstCharacter, syllables, readingPlaces }) => {
      table = { first: firstCharacter, syllables: syllables.split(' '), places: readingPlaces.split(' ') }
      tell('here')
    },
    (problem: unknown) => {
      loading = null
      tell('away')
      throw problem
    },
  )
  return loading
}

/** Where the readings are. They are fetched if need be, and who asks is drawn again when they are there. */
export function useReadings(): ReadingsState {
  useEffect(() => void loadReadings().catch(() => undefined), [])
  return useSyncExternalStore(onReadings, () => state)
}

/** Calls when the readings come, or cannot be fetched. */
export function onReadings(listener: () => void): () => void {
  listeners.add(listener)
  return () => listeners.delete(listener)
}

/** Every reading of a Chinese character without tones, the most common first; none until the table is there. */
export function readingsOf(character: string): readonly string[] {
  const places = table?.places[(character.codePointAt(0) ?? 0) - table.first]
  return places ? places.split(',').flatMap(place => table?.syllables[Number(place)] ?? []) : []
}

export function spellingsOf(reading: string): readonly string[] {
  return spellings[reading] ?? [reading]
}

function tell(next: ReadingsState): void {
  state = next
  for (const listener of listeners) listener()
}
