import type { Feature } from '@/log'
import { drafts } from './companion'

/** What I am writing. First: a composer that is drawn looks for its draft once. */
export const feature: Feature = { place: 0, companions: [drafts] }
