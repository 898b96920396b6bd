import { foundingSite, type Line, worthSayingMs } from '@/core/sites'

/** What there is to say of the lines to other sites; sites in the order the server lists them. */
export type News =
  /** Sites that cannot be reached. From a branch, headquarters stands for all that is beyond it. */
  { kind: 'cut'; headquarters: boolean; sites: string[]; keys: string[] } | { kind: 'merging' }

export interface NewsInput {
  here: number
  lines: readonly Line[]
  /** Sites whose people I talk with, and my own. */
  mine: ReadonlySet<number>
  /** Cuts the reader knows of and wants no more words about. */
  dismissed: ReadonlySet<string>
  now: number
}

/** That a line is back is said as long as late things come, and so much longer, ms. */
const mergedMs = 5_000

/** What matters to the reader now: a cut that lasts, or else that one is over. */
export function newsOf({ lines, mine, dismissed, now }: NewsInput): News | null {
  const mattering = lines.filter(({ site }) => site === foundingSite || mine.has(site))
  const cut = mattering.filter(line => line.lostAt !== null && now >= line.lostAt + worthSayingMs)
  if (cut.some(line => !dismissed.has(cutKey(line)))) {
    const headquarters = cut.some(({ site }) => site === foundingSite)
    return { kind: 'cut', headquarters, sites: cut.map(({ name }) => name), keys: cut.map(cutKey) }
  }
  return mattering.some(line => line.mergedAt !== null && now < line.mergedAt + mergedMs) ? { kind: 'merging' } : null
}

/** When there may be other news though nothing is heard; null: never. */
export function nextNews(lines: readonly Line[], now: number): number | null {
  const times = lines.flatMap(({ lostAt, mergedAt }) => [
    ...(lostAt === null ? [] : [lostAt + worthSayingMs]),
    ...(mergedAt === null ? [] : [mergedAt + mergedMs]),
  ])
  const coming = times.filter(time => time > now)
  return coming.length > 0 ? Math.min(...coming) : null
}

/** One cut of one line: when it is cut again, that is another. */
function cutKey({ site, since_ms, lostAt }: Line): string {
  return `${site}:${since_ms ?? lostAt}`
}
