import { useLingui } from '@lingui/react/macro'
import { Download } from 'lucide-react'
import { drawn } from '@/characters'
import { IconButton } from '@/ui'
import type { BlockOf } from '../blocks/registry'
import { usePane } from '../pane/pane-context'
import { FileCard } from './FileCard'
import { useSave } from './useSave'

/** A file that was sent with a message. */
export function FileView({ block }: { block: BlockOf<'file' | 'image'> }) {
  const { t } = useLingui()
  const { conversation } = usePane()
  const save = useSave()
  const { file, name, size, media_type } = block
  return (
    <FileCard name={name} size={size} type={media_type}>
      <IconButton
        icon={<Download />}
        label={t`Download ${drawn(name)}`}
        onClick={() => save(conversation, file, name)}
      />
    </FileCard>
  )
}
