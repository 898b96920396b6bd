import type { Problem } from '@/core/api'
import { foundingSite, sitesStore } from '@/core/sites'

/** What stands for {name}: the site that the problem is about. */
export function siteOf({ details }: Problem, headquarters: string): { name: string } {
  const number = typeof details.site === 'number' ? details.site : foundingSite
  const known = sitesStore.getState().lines[number]?.name
  return { name: known || (number === foundingSite ? headquarters : `#${number}`) }
}
