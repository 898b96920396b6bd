import { useLingui } from '@lingui/react/macro'
import { Building2, Server } from 'lucide-react'
import type { CSSProperties } from 'react'
import type { SiteReport } from '@/core/api'
import { foundingSite } from '@/core/sites'
import { classes } from '@/ui'
import { layoutFor, type Place } from './places'
import styles from './sites.module.css'
import { lineOf, type Standing, standingOf } from './standing'
import { useSiteWords } from './useSiteWords'

/** Headquarters in the middle, the branches around it, and how the lines between them are. The table says the same. */
export function SiteMap({ sites, here }: { sites: readonly SiteReport[]; here: number }) {
  const { t } = useLingui()
  const shown = sites.filter(({ state }) => state !== 'retired')
  const branches = shown.filter(({ number }) => number !== foundingSite)
  const founder = shown.find(({ number }) => number === foundingSite)
  const { headquarters, branches: places, isFlat } = layoutFor(branches.length)
  return (
    <figure className={classes(styles.map, isFlat && styles.flat)} aria-label={t`Map of the sites`}>
      <svg className={styles.lines} viewBox="0 0 100 100" preserveAspectRatio="none" aria-hidden="true">
        {branches.map((branch, index) => (
          <Ray
            key={branch.number}
            from={headquarters}
            to={places[index] ?? headquarters}
            standing={lineOf(branch, sites, here)}
          />
        ))}
      </svg>
      {founder && <Node site={founder} here={here} place={headquarters} />}
      {branches.map((branch, index) => (
        <Node key={branch.number} site={branch} here={here} place={places[index] ?? headquarters} />
      ))}
    </figure>
  )
}

function Ray({ from, to, standing }: { from: Place; to: Place; standing: Standing }) {
  return (
    <line
      className={classes(styles.ray, styles[standing])}
      x1={from.x}
      y1={from.y}
      x2={to.x}
      y2={to.y}
      vectorEffect="non-scaling-stroke"
    />
  )
}

function Node({ site, here, place }: { site: SiteReport; here: number; place: Place }) {
  const words = useSiteWords()
  const standing = standingOf(site, here)
  const Icon = site.number === foundingSite ? Building2 : Server
  return (
    <div className={styles.node} style={{ '--x': `${place.x}%`, '--y': `${place.y}%` } as CSSProperties}>
      <span className={classes(styles.disc, styles[standing], site.number === foundingSite && styles.founder)}>
        <Icon aria-hidden="true" />
      </span>
      <span className={styles.nodeName}>{site.name}</span>
      <span className={styles.nodeLine}>{words.line(site, standing)}</span>
    </div>
  )
}
