import { Suspense } from 'react'
import { part } from '@/ui'
import type { PersonCardProps } from './PersonCard'

/** Nobody opens a card before there is somebody to see: it is no part of the first screen, and fetched beside it. */
export const personCard = part(() => import('./PersonCard').then(module => module.PersonCard))

/** Who somebody is and how to reach them. */
export function PersonCard(props: PersonCardProps) {
  return (
    <Suspense>
      <personCard.Part {...props} />
    </Suspense>
  )
}
