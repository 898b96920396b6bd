import { lazy } from 'react'

/** Sites of one company: what people see of the lines between them, and the page of who looks after them. */
export { SiteBar } from './bar/SiteBar'

export const SitesSection = lazy(() => import('./page/SitesSection').then(module => ({ default: module.SitesSection })))
