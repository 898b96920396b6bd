import { type CSSProperties, Suspense } from 'react'
import { part } from '@/ui'
import type { BlockOf } from './registry'

const views = () => import('../files/views')
const { Part: FileView } = part(() => views().then(module => module.FileView))
const { Part: PictureView } = part(() => views().then(module => module.PictureView))

/** A file that was sent with a message. */
export function FileBlock({ block }: { block: BlockOf<'file'> }) {
  return (
    <Suspense fallback={<div style={{ height: 66 }} />}>
      <FileView block={block} />
    </Suspense>
  )
}

/** A picture that was sent with a message. Its room is kept before it is drawn: nothing moves. */
export function ImageBlock({ block }: { block: BlockOf<'image'> }) {
  const ratio = block.width / block.height
  const room: CSSProperties = {
    aspectRatio: ratio,
    width: `min(${block.width}px, 360px, 100%, ${300 * ratio}px)`,
    minWidth: 48,
    marginBlock: 4,
  }
  return (
    <Suspense fallback={<div style={room} />}>
      <PictureView block={block} />
    </Suspense>
  )
}
