import { type Haystack, haystackOf } from './haystack.ts'
import { onReadings } from './readings.ts'

const mostKnown = 20_000
const known = new Map<string, Haystack>()
onReadings(() => known.clear())

/** A name made ready to be searched, worked out once: anew only when the readings of its characters have come. */
export function knownHaystackOf(name: string, pinyin = ''): Haystack {
  const key = `${name}\n${pinyin}`
  let haystack = known.get(key)
  if (!haystack) {
    if (known.size >= mostKnown) known.clear()
    haystack = haystackOf(name, pinyin)
    known.set(key, haystack)
  }
  return haystack
}
