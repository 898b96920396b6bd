import type { Filling } from '@/core/slots'
import type { Companion } from './companion.ts'

/**
 * What a feature brings to the client beside its slice. It is exported as `feature` by the file `feature.ts` of its folder, where
 * `app/features.ts` finds it: nothing else names it.
 */
export interface Feature {
  /** Where it stands among the others, from the top, and is called: 50 where it says nothing; those of one place by their folders. */
  place?: number
  /** What it puts into the places of the interface, in order. */
  slots?: readonly Filling[]
  /** What of it lives beside the log while somebody is signed in. */
  companions?: readonly Companion[]
  /** What opens over the page, to be fetched beside the first screen. */
  parts?: readonly (() => Promise<unknown>)[]
}
