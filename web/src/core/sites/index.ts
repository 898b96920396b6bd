/** The other sites of the company: which can be reached, and how far they follow this one. */
export { useHasOtherSites, useHere, useLine, useLines } from './hooks.ts'
export {
  foundingSite,
  type Line,
  resetSites,
  type SitesState,
  showMerging,
  showSites,
  sitesStore,
  worthSayingMs,
} from './sites-store.ts'
