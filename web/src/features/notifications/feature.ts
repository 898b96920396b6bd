import type { Feature } from '@/log'
import { caller } from './companion'

/** Calling who looks elsewhere, after everything else has taken in what happened. */
export const feature: Feature = { place: 80, companions: [caller] }
