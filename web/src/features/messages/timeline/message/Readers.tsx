import { Suspense } from 'react'
import type { Message } from '@/core/api'
import { part } from '@/ui'

/** Who has read a message: asked for by a press, so it is fetched beside the page and not before it. */
export const readers = part(() => import('./ReadersPanel').then(module => module.ReadersPanel))

export function Readers({ message }: { message: Message }) {
  return (
    <Suspense>
      <readers.Part message={message} />
    </Suspense>
  )
}
