import { lazy, Suspense } from 'react'
import type { Message } from '@/core/api'

/** Who has read a message: asked for by a press, so it is fetched beside the page and not before it. */
export const loadReaders = () => import('./ReadersPanel')
const Loaded = lazy(() => loadReaders().then(module => ({ default: module.ReadersPanel })))

export function Readers({ message }: { message: Message }) {
  return (
    <Suspense>
      <Loaded message={message} />
    </Suspense>
  )
}
