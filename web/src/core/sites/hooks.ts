import { type Line, sitesStore } from './sites-store.ts'

/** The number of the site this browser is connected to; null until it said so. */
export function useHere(): number | null {
  return sitesStore(state => state.here)
}

/** The lines to the other sites, by their number; empty for a company of one site. */
export function useLines(): Readonly<Record<number, Line>> {
  return sitesStore(state => state.lines)
}

/** The line to one site; undefined when it is this one, or there is none of that number. */
export function useLine(site: number | null | undefined): Line | undefined {
  return sitesStore(state => (site ? state.lines[site] : undefined))
}

/** Whether the company has other sites than this. */
export function useHasOtherSites(): boolean {
  return sitesStore(state => Object.keys(state.lines).length > 0)
}
