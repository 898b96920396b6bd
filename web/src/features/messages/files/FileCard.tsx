import { File, FileArchive, FileAudio, FileImage, FileSpreadsheet, FileText, FileVideo } from 'lucide-react'
import { type ReactNode, useState } from 'react'
import { drawn } from '@/characters'
import { useLocale } from '@/core/i18n'
import styles from './files.module.css'
import { sizeText } from './size'

interface FileCardProps {
  name: string
  size: number
  type: string
  /** Instead of the size: how it is on its way. */
  state?: ReactNode
  /** A picture in place of the icon. */
  picture?: string | undefined
  children?: ReactNode
}

/** A file: what it is, what it is called, how large it is, and what can be done with it. */
export function FileCard({ name, size, type, state, picture, children }: FileCardProps) {
  const locale = useLocale()
  const Icon = iconOf(type)
  const [isBroken, setBroken] = useState(false)
  return (
    <div className={styles.card}>
      {picture && !isBroken ? (
        <img className={styles.small} src={picture} alt="" onError={() => setBroken(true)} />
      ) : (
        <Icon className={styles.icon} aria-hidden="true" />
      )}
      <span className={styles.about}>
        <span className={styles.name} title={drawn(name)}>
          {drawn(name)}
        </span>
        <span className={styles.size}>{state ?? sizeText(size, locale)}</span>
      </span>
      {children}
    </div>
  )
}

function iconOf(type: string) {
  if (type.startsWith('image/')) return FileImage
  if (type.startsWith('audio/')) return FileAudio
  if (type.startsWith('video/')) return FileVideo
  if (/zip|rar|7z|gzip|tar/.test(type)) return FileArchive
  if (/sheet|excel|csv/.test(type)) return FileSpreadsheet
  if (/^text\/|pdf|word|document/.test(type)) return FileText
  return File
}
