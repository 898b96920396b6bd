import { create } from 'zustand'
import type { SiteLine, SitesFrame } from '../socket/frames.ts'

/** The number of headquarters: the company was founded there, and branches connect to it. */
export const foundingSite = 1

/** A cut shorter than this is not worth a word, ms. */
export const worthSayingMs = 2_000

/** The line to another site as this browser saw it. Its own clock: that of the server may be another. */
export interface Line extends SiteLine {
  /** When this browser learned that the site cannot be reached, in ms; null while it can. */
  lostAt: number | null
  /** When it came back, or when something late last came from it since; null: it was not away. */
  mergedAt: number | null
}

export interface SitesState {
  /** The site this browser is connected to; null until it said so. */
  here: number | null
  /** By number of the site, in the order the server lists them. */
  lines: Readonly<Record<number, Line>>
}

const nothing: SitesState = { here: null, lines: {} }

/** The other sites of the company, as the socket tells of them. */
export const sitesStore = create<SitesState>()(() => nothing)

/** Take in what the server says of the lines to other sites. */
export function showSites({ here, sites }: SitesFrame, now = Date.now()): void {
  const before = sitesStore.getState().lines
  const lines = sites.map((line): [number, Line] => [line.site, lineAfter(before[line.site], line, now)])
  sitesStore.setState({ here, lines: Object.fromEntries(lines) })
}

/** Something written long ago has just come from a site: it has not told us everything yet. */
export function showMerging(site: number, now = Date.now()): void {
  const { lines } = sitesStore.getState()
  const line = lines[site]
  if (!line || line.mergedAt === null) return
  sitesStore.setState({ lines: { ...lines, [site]: { ...line, mergedAt: now } } })
}

export function resetSites(): void {
  sitesStore.setState(nothing)
}

function lineAfter(before: Line | undefined, line: SiteLine, now: number): Line {
  if (!line.reachable) return { ...line, lostAt: before?.lostAt ?? now, mergedAt: null }
  const wasLong = before?.lostAt != null && now - before.lostAt >= worthSayingMs
  return { ...line, lostAt: null, mergedAt: wasLong ? now : (before?.mergedAt ?? null) }
}
