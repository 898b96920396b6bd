import { type Feature, KeptAnswers, LiveQueries } from '@/log'
import { queryClient } from './query-client'

const found = import.meta.glob<Feature>('../features/**/feature.ts', { eager: true, import: 'feature' })
const placeOf = ({ place = 50 }: Feature) => place

/** Every feature, found by its `feature.ts`, in the order in which they stand on the screen. */
export const features = Object.values(found).sort((a, b) => placeOf(a) - placeOf(b))

/** What lives beside the log while somebody is signed in. */
export const companions = [
  new KeptAnswers(queryClient),
  ...features.flatMap(feature => feature.companions ?? []),
  new LiveQueries(queryClient),
]

/** What features put into the places of the interface. */
export const fillings = features.flatMap(({ slots = [] }) => slots)

/** What opens over the page. */
export const parts = features.flatMap(feature => feature.parts ?? [])
