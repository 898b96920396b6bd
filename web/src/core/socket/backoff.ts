const firstMs = 300
const longestMs = 10_000

/** How long to wait before the next attempt (0 for the first): 0.3 s, 0.6 s … 10 s, each up to a quarter more or less. */
export function backoffMs(attempt: number, random: () => number = Math.random): number {
  const base = Math.min(longestMs, firstMs * 2 ** Math.min(attempt, 10))
  return Math.round(base * (0.75 + random() * 0.5))
}
