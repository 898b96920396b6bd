import { lazy } from 'react'

/** Policies of units: what is set where, why it is so, and setting it. */
export const PoliciesSection = lazy(() => import('./PoliciesSection').then(m => ({ default: m.PoliciesSection })))
