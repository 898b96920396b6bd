import { lazy } from 'react'
import { withLaterWords } from '@/core/i18n'

/** The first visit: founding the company and its first administrator. */
export { setUpRoute } from './routes'

/** Seen once by each person, so it is no part of the first screen of all days after. */
export const Welcome = lazy(() => withLaterWords(import('./Welcome')).then(module => ({ default: module.Welcome })))
