/** How a list of rows became the next one; what the scroll position must do depends on it. */
export type RowChange = 'same' | 'appended' | 'prepended' | 'replaced'

interface Keyed {
  key: string
}

/**
 * `prepended`: older rows came before what was there, all else at the same distance from the end. The very first row may
 * differ: the line of a day moves up to the first message of that day. `replaced`: nothing to hold on to.
 */
export function rowChange(before: readonly Keyed[], after: readonly Keyed[]): RowChange {
  if (before === after) return 'same'
  const first = before[1] ?? before[0]
  const last = before.at(-1)
  if (!first || !last || after.length === 0) return 'replaced'
  const grown = after.length - before.length
  const startStays = after[before.length > 1 ? 1 : 0]?.key === first.key
  const endStays = after.at(-1)?.key === last.key
  if (startStays && endStays && grown === 0) return 'same'
  if (endStays && grown > 0 && after[grown + (before.length > 1 ? 1 : 0)]?.key === first.key) return 'prepended'
  if (startStays) return 'appended'
  return 'replaced'
}

/** Distance in px below which the reader counts as being at the end. */
const endDistance = 4

export function isAtEnd(view: { scrollTop: number; clientHeight: number; scrollHeight: number }): boolean {
  return view.scrollHeight - view.scrollTop - view.clientHeight <= endDistance
}

/** Where a row stands in the scrolled content, px. */
export interface Placed {
  start: number
  size: number
}

/**
 * Index of the last row of which at least half is in sight, or -1. `place` gives the rows, in order; `from` is a row in
 * the viewport to begin with.
 */
export function lastHalfVisible(
  count: number,
  from: number,
  place: (index: number) => Placed,
  view: { top: number; bottom: number },
): number {
  for (let index = Math.min(from, count - 1); index >= 0; index--) {
    const { start, size } = place(index)
    const visible = Math.min(view.bottom, start + size) - Math.max(view.top, start)
    if (visible >= Math.min(size, view.bottom - view.top) / 2) return index
    if (start + size <= view.top) return -1
  }
  return -1
}
