import { useLingui } from '@lingui/react/macro'
import { Download, X } from 'lucide-react'
import { drawn } from '@/characters'
import type { Problem } from '@/core/api'
import { useLocale } from '@/core/i18n'
import { useProblemText } from '@/core/problems'
import { IconButton, Progress } from '@/ui'
import type { BlockOf } from '../blocks/registry'
import { usePane } from '../pane/pane-context'
import { arrivingStore } from './arriving'
import { FileCard } from './FileCard'
import { previewOf } from './fetching'
import styles from './files.module.css'
import { sizeText } from './size'
import { useSave } from './useSave'

interface FileViewProps {
  block: BlockOf<'file' | 'image'>
  /** Why it is not shown as a picture. */
  why?: Problem | null
}

/** A file that was sent with a message; one that comes from another site first, with how far it is. */
export function FileView({ block, why }: FileViewProps) {
  const { t } = useLingui()
  const { conversation } = usePane()
  const save = useSave()
  const text = useProblemText()
  const { file, name, size, media_type } = block
  const arriving = arrivingStore(all => all[file])
  if (arriving) return <OnItsWay block={block} />
  // What browsers do not draw, and the server does.
  const small = /hei[cf]$/.test(media_type) ? previewOf(conversation, file, 'small') : undefined
  return (
    <FileCard name={name} size={size} type={media_type} state={why && text(why)} picture={small}>
      <IconButton
        icon={<Download />}
        label={t`Download ${drawn(name)}`}
        onClick={() => save(conversation, file, name)}
      />
    </FileCard>
  )
}

function OnItsWay({ block: { file, name, size, media_type } }: { block: BlockOf<'file' | 'image'> }) {
  const { t } = useLingui()
  const locale = useLocale()
  const text = useProblemText()
  const arriving = arrivingStore(all => all[file])
  if (!arriving) return null
  const { received, away, stop } = arriving
  const [here, all] = [sizeText(received, locale), sizeText(size, locale)]
  const state = <span role="status">{away ? text(away) : t`On its way from another site: ${here} of ${all}`}</span>
  return (
    <FileCard name={name} size={size} type={media_type} state={state}>
      <IconButton icon={<X />} label={t`Stop waiting for ${drawn(name)}`} onClick={stop} />
      <span className={styles.bar}>
        <Progress value={size ? received / size : 0} label={drawn(name)} />
      </span>
    </FileCard>
  )
}
