import { useLingui } from '@lingui/react/macro'
import { ChevronLeft, ChevronRight, Download } from 'lucide-react'
import { useEffect, useState } from 'react'
import { drawn } from '@/characters'
import { Button, Dialog, IconButton } from '@/ui'
import type { BlockOf } from '../blocks/registry'
import { usePane } from '../pane/pane-context'
import { addressOf, previewOf } from './fetching'
import styles from './files.module.css'
import { useSave } from './useSave'

interface ViewerProps {
  block: BlockOf<'image'>
  /** The pictures that are gone through, with the keys ← and →. */
  album: readonly BlockOf<'image'>[]
  open: boolean
  onOpenChange: (open: boolean) => void
}

/** A picture as large as the window lets it be, and the others of its message. */
export function Viewer({ block, album, open, onOpenChange }: ViewerProps) {
  const { t } = useLingui()
  const { conversation } = usePane()
  const save = useSave()
  const first = album.findIndex(({ file }) => file === block.file)
  const [at, setAt] = useState(first)
  const { file, name, width, height, media_type } = album[at] ?? block
  const [last, place] = [album.length - 1, at + 1]
  const step = (by: number) => setAt(now => Math.min(last, Math.max(0, now + by)))
  useKeys(open && album.length > 1, step)
  const isMoving = media_type === 'image/gif'
  return (
    <Dialog
      open={open}
      onOpenChange={now => {
        setAt(first)
        onOpenChange(now)
      }}
      title={drawn(name)}
      size="large"
      closeLabel={t`Close`}
      footer={
        <>
          {album.length > 1 && (
            <span className={styles.album}>
              <IconButton
                icon={<ChevronLeft />}
                label={t`Previous picture`}
                disabled={at === 0}
                onClick={() => step(-1)}
              />
              <span className={styles.place} role="status">
                {t`${place} of ${album.length}`}
              </span>
              <IconButton
                icon={<ChevronRight />}
                label={t`Next picture`}
                disabled={at === last}
                onClick={() => step(1)}
              />
            </span>
          )}
          <Button icon={<Download />} onClick={() => save(conversation, file, name)}>
            {t`Download`}
          </Button>
        </>
      }
    >
      <img
        key={file}
        className={styles.large}
        src={isMoving ? addressOf(conversation, file) : previewOf(conversation, file, 'large')}
        alt={drawn(name)}
        width={width}
        height={height}
      />
    </Dialog>
  )
}

function useKeys(active: boolean, step: (by: number) => void): void {
  useEffect(() => {
    if (!active) return
    const onKey = (event: KeyboardEvent) => {
      const by = { ArrowLeft: -1, ArrowRight: 1 }[event.key]
      if (by !== undefined) step(by)
    }
    // Before the dialog: it lets no key out.
    window.addEventListener('keydown', onKey, true)
    return () => window.removeEventListener('keydown', onKey, true)
  })
}
