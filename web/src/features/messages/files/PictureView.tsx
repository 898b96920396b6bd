import { useLingui } from '@lingui/react/macro'
import { type CSSProperties, useState } from 'react'
import { drawn } from '@/characters'
import type { Problem } from '@/core/api'
import { classes } from '@/ui'
import type { BlockOf } from '../blocks/registry'
import { usePane } from '../pane/pane-context'
import { FileView } from './FileView'
import { addressOf, previewOf, whyNot } from './fetching'
import styles from './files.module.css'
import { Viewer } from './Viewer'

interface PictureViewProps {
  block: BlockOf<'image'>
  /** All pictures of the message. */
  album: readonly BlockOf<'image'>[]
}

/** A picture that was sent with a message: small, and large by a click. What cannot be shown is a file, and says why. */
export function PictureView({ block, album }: PictureViewProps) {
  const { t } = useLingui()
  const { conversation } = usePane()
  const [open, setOpen] = useState(false)
  const [why, setWhy] = useState<Problem | null>()
  const { file, name, width, height, media_type } = block
  // One that moves is shown as it is: its preview stands still.
  const address = media_type === 'image/gif' ? addressOf(conversation, file) : previewOf(conversation, file, 'small')
  if (why !== undefined) return <FileView block={block} why={why} />
  return (
    <>
      <button
        type="button"
        className={classes(styles.picture, album.length > 1 && styles.tile)}
        style={{ '--ratio': width / height, '--width': `${width}px` } as CSSProperties}
        aria-label={t`Show ${drawn(name)}`}
        onClick={() => setOpen(true)}
      >
        <img src={address} alt={drawn(name)} loading="lazy" onError={() => void whyNot(address).then(setWhy)} />
      </button>
      <Viewer block={block} album={album} open={open} onOpenChange={setOpen} />
    </>
  )
}
