import { useLingui } from '@lingui/react/macro'
import { type CSSProperties, useState } from 'react'
import { drawn } from '@/characters'
import type { BlockOf } from '../blocks/registry'
import { usePane } from '../pane/pane-context'
import { bring } from './arriving'
import { FileView } from './FileView'
import { addressOf } from './fetching'
import styles from './files.module.css'
import { Viewer } from './Viewer'

/** A picture that was sent with a message: small, and large by a click. What cannot be drawn, or is not here yet, is a file. */
export function PictureView({ block }: { block: BlockOf<'image'> }) {
  const { t } = useLingui()
  const { conversation } = usePane()
  const [open, setOpen] = useState(false)
  const [broken, setBroken] = useState(0)
  const [waits, setWaits] = useState(false)
  const { file, name, width, height } = block
  const onError = () => {
    setWaits(true)
    // Once it is here it is drawn; what then cannot be drawn stays a file.
    const ended = () => {
      setBroken(times => times + 1)
      setWaits(false)
    }
    void bring(conversation, file).then(ended, () => setBroken(2))
  }
  if (waits || broken > 1) return <FileView block={block} />
  return (
    <>
      <button
        type="button"
        className={styles.picture}
        style={{ '--ratio': width / height, '--width': `${width}px` } as CSSProperties}
        aria-label={t`Show ${drawn(name)}`}
        onClick={() => setOpen(true)}
      >
        <img key={broken} src={addressOf(conversation, file)} alt={drawn(name)} loading="lazy" onError={onError} />
      </button>
      <Viewer block={block} open={open} onOpenChange={setOpen} />
    </>
  )
}
