import { Trans, useLingui } from '@lingui/react/macro'
import { Pause, Play, X } from 'lucide-react'
import { drawn } from '@/characters'
import { useLocale } from '@/core/i18n'
import {
  discard,
  hasFilesToUpload,
  type Outgoing,
  type OutgoingFile,
  pauseUpload,
  resumeUpload,
  uploadsStore,
} from '@/log'
import { IconButton, Progress } from '@/ui'
import { FileCard } from './FileCard'
import styles from './files.module.css'
import { sizeText } from './size'
import { usePicture } from './usePicture'

/** The files of a message of mine that is on its way, how far each is, and what stops them or gives them up. */
export function OutgoingFiles({ outgoing }: { outgoing: Outgoing }) {
  const { t } = useLingui()
  const { key, files = [], failed } = outgoing
  const upload = uploadsStore(all => all[key])
  const isPaused = upload?.state === 'paused'
  if (files.length === 0) return null
  return (
    <div className={styles.outgoing}>
      {files.map(file => (
        <OnItsWay key={file.key} file={file} received={upload?.received[file.key]} />
      ))}
      {!failed && hasFilesToUpload(outgoing) && (
        <div className={styles.controls} role="status">
          {isPaused ? (
            <IconButton size="small" icon={<Play />} label={t`Go on sending`} onClick={() => resumeUpload(key)} />
          ) : (
            <IconButton size="small" icon={<Pause />} label={t`Pause`} onClick={() => pauseUpload(key)} />
          )}
          <IconButton size="small" icon={<X />} label={t`Do not send`} onClick={() => discard(key)} />
          {isPaused && <Trans>Paused</Trans>}
          {upload?.state === 'waits' && <Trans>Waits for the connection, then goes on by itself</Trans>}
        </div>
      )}
    </div>
  )
}

function OnItsWay({ file, received }: { file: OutgoingFile; received: number | undefined }) {
  const { t } = useLingui()
  const locale = useLocale()
  const { name, size, uploaded } = file
  const here = uploaded ? size : (received ?? 0)
  const [sent, all] = [sizeText(here, locale), sizeText(size, locale)]
  return (
    <FileCard {...file} picture={usePicture(file)} state={uploaded ? all : t`${sent} of ${all}`}>
      {!uploaded && (
        <span className={styles.bar}>
          <Progress value={size ? here / size : 0} label={drawn(name)} />
        </span>
      )}
    </FileCard>
  )
}
