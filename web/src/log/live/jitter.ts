/** At once, as far as anybody notices: what several parts of a screen ask for goes in one request, ms. */
export const gatherMs = 20

const atLeastMs = 1_000
const spreadMs = 4_000

/**
 * How long to wait before fetching what an event made old, when so many others got the same event. Not all clients of a company ask in
 * the same moment: of a few hardly anybody waits, of thousands up to five seconds. The only place that says so.
 */
export function jitterMs(audience: number): number {
  const share = Math.min(1, audience / 1_000)
  return gatherMs + share * (atLeastMs + Math.random() * spreadMs)
}

/** For what everybody in the company was told. */
export const everybody = Number.POSITIVE_INFINITY
