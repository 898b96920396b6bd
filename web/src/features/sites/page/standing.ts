import type { SiteReport } from '@/core/api'
import { foundingSite } from '@/core/sites'

/**
 * How a site is, seen from here. `here`: it is this one; `level`: what is known there is known here; `behind`: it can be
 * reached, but is not level, or somebody should look at it; `away`: it cannot be reached; the rest: it takes no part (yet).
 */
export type Standing = 'here' | 'level' | 'behind' | 'away' | 'invited' | 'revoked' | 'retired'

/** A lag that says nothing, s: sites tell each other every 2 s how far they are, and a busy one tells it late. */
const levelS = 5

export function standingOf(site: SiteReport, here: number): Standing {
  if (site.state !== 'joined') return site.state
  if (site.number === here) return 'here'
  if (!site.reachable) return 'away'
  const isLevel = site.behind_s < levelS && site.ahead_s < levelS && site.alerts.length === 0
  return isLevel ? 'level' : 'behind'
}

/** The standing of the line between headquarters and a branch: lines run like the rays of a star. */
export function lineOf(branch: SiteReport, sites: readonly SiteReport[], here: number): Standing {
  const far = branch.number === here ? sites.find(({ number }) => number === foundingSite) : branch
  return far ? standingOf(far, here) : 'away'
}

/** The longer of both ways, s. */
export function lagOf({ behind_s, ahead_s }: SiteReport): number {
  return Math.max(behind_s, ahead_s)
}
