import { useLingui } from '@lingui/react/macro'
import { X } from 'lucide-react'
import { drawn } from '@/characters'
import type { OutgoingFile } from '@/log'
import { IconButton } from '@/ui'
import { usePane } from '../pane/pane-context'
import { detach, useAttached } from './attached'
import { FileCard } from './FileCard'
import styles from './files.module.css'
import { usePicture } from './usePicture'

/** Files that go with the message that is being written. */
export function Tray() {
  const { t } = useLingui()
  const { conversation } = usePane()
  const files = useAttached(conversation)
  if (files.length === 0) return null
  return (
    <ul className={styles.tray} aria-label={t`Files to send`}>
      {files.map(file => (
        <li key={file.key}>
          <Attached file={file} onRemove={() => detach(conversation, file.key)} />
        </li>
      ))}
    </ul>
  )
}

function Attached({ file, onRemove }: { file: OutgoingFile; onRemove: () => void }) {
  const { t } = useLingui()
  return (
    <FileCard {...file} picture={usePicture(file)}>
      <IconButton size="small" icon={<X />} label={t`Remove ${drawn(file.name)}`} onClick={onRemove} />
    </FileCard>
  )
}
