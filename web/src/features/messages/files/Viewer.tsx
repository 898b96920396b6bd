import { useLingui } from '@lingui/react/macro'
import { Download } from 'lucide-react'
import { drawn } from '@/characters'
import { Button, Dialog } from '@/ui'
import type { BlockOf } from '../blocks/registry'
import { usePane } from '../pane/pane-context'
import { addressOf } from './fetching'
import styles from './files.module.css'
import { useSave } from './useSave'

interface ViewerProps {
  block: BlockOf<'image'>
  open: boolean
  onOpenChange: (open: boolean) => void
}

/** A picture as large as the window lets it be. */
export function Viewer({ block, open, onOpenChange }: ViewerProps) {
  const { t } = useLingui()
  const { conversation } = usePane()
  const save = useSave()
  const { file, name, width, height } = block
  return (
    <Dialog
      open={open}
      onOpenChange={onOpenChange}
      title={drawn(name)}
      size="large"
      closeLabel={t`Close`}
      footer={
        <Button icon={<Download />} onClick={() => save(conversation, file, name)}>
          {t`Download`}
        </Button>
      }
    >
      <img
        className={styles.large}
        src={addressOf(conversation, file)}
        alt={drawn(name)}
        width={width}
        height={height}
      />
    </Dialog>
  )
}
