import type { Id } from './generated.ts'

const epochMs = Date.UTC(2025, 0, 1)
const timeShift = 22n
const siteShift = 12n
const siteMask = 0x3ffn

/** Which of two ids was later: below zero when `a` was earlier. Ids below zero carry no time and sort before all others. */
export function compareIds(a: Id, b: Id): number {
  const below = a.startsWith('-')
  if (below !== b.startsWith('-')) return below ? -1 : 1
  const order = a.length - b.length || (a < b ? -1 : a > b ? 1 : 0)
  return below ? -order : order
}

/** The later of two ids. */
export function laterId(a: Id, b: Id): Id {
  return compareIds(a, b) >= 0 ? a : b
}

/** The time in an id, in milliseconds since 1970. */
export function idTime(id: Id): number {
  return Number(BigInt(id) >> timeShift) + epochMs
}

/** No id that is made at a moment or later is below this; milliseconds since 1970. */
export function idAt(timeMs: number): Id {
  return (BigInt(Math.max(0, timeMs - epochMs)) << timeShift).toString()
}

/** The number of the site at which an id was made; 0 for ids that carry none. */
export function idSite(id: Id): number {
  return id.startsWith('-') ? 0 : Number((BigInt(id) >> siteShift) & siteMask)
}
