import { compareIds, type Id, idSite, idTime } from '@/core/api'
import type { Line } from '@/core/sites'

/** Since when a site is away and how far it has our messages are readings of servers' clocks, which may differ so much, ms. */
const clocksMs = 60_000

/** The sites of a conversation's members that a message made here has not reached. */
export function undelivered(
  message: Id,
  here: number | null,
  sites: readonly number[],
  lines: Readonly<Record<number, Line>>,
): Line[] {
  if (here === null || idSite(message) !== here) return []
  return sites.flatMap(site => {
    const line = lines[site]
    return line && !isDelivered(message, line) ? [line] : []
  })
}

/** Where a site never said how far it is, messages from before the line was cut are taken for delivered. */
function isDelivered(message: Id, { delivered, reachable, since_ms }: Line): boolean {
  if (delivered !== null) return compareIds(message, delivered) <= 0
  return reachable || (since_ms !== null && idTime(message) < since_ms - clocksMs)
}
