import { useLingui } from '@lingui/react/macro'
import { type CSSProperties, useState } from 'react'
import { drawn } from '@/characters'
import type { BlockOf } from '../blocks/registry'
import { usePane } from '../pane/pane-context'
import { FileView } from './FileView'
import { addressOf } from './fetching'
import styles from './files.module.css'
import { Viewer } from './Viewer'

/** A picture that was sent with a message: small, and large by a click. What cannot be drawn is a file. */
export function PictureView({ block }: { block: BlockOf<'image'> }) {
  const { t } = useLingui()
  const { conversation } = usePane()
  const [open, setOpen] = useState(false)
  const [broken, setBroken] = useState(false)
  const { file, name, width, height } = block
  if (broken) return <FileView block={block} />
  return (
    <>
      <button
        type="button"
        className={styles.picture}
        style={{ '--ratio': width / height, '--width': `${width}px` } as CSSProperties}
        aria-label={t`Show ${drawn(name)}`}
        onClick={() => setOpen(true)}
      >
        <img src={addressOf(conversation, file)} alt={drawn(name)} loading="lazy" onError={() => setBroken(true)} />
      </button>
      <Viewer block={block} open={open} onOpenChange={setOpen} />
    </>
  )
}
