import { type CSSProperties, Suspense } from 'react'
import { part } from '@/ui'
import type { BlockOf, BlockViewProps } from './registry'

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

const tileWidth = 'min(148px, 33.3% - 4px)'

/** A picture that was sent with a message; several stand beside each other. Its room is kept before it is drawn: nothing moves. */
export function ImageBlock({ block, blocks }: BlockViewProps<BlockOf<'image'>>) {
  const album = blocks.filter(each => each.type === 'image')
  const ratio = block.width / block.height
  const tile: CSSProperties = { display: 'inline-block', width: tileWidth, aspectRatio: 1, margin: '4px 4px 0 0' }
  const single: CSSProperties = {
    aspectRatio: ratio,
    width: `min(${block.width}px, 360px, 100%, ${300 * ratio}px)`,
    minWidth: 48,
    marginBlock: 4,
  }
  return (
    <Suspense fallback={<div style={album.length > 1 ? tile : single} />}>
      <PictureView block={block} album={album} />
    </Suspense>
  )
}
