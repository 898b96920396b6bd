import { File } from 'lucide-react'
import { drawn } from '@/characters'
import styles from './blocks.module.css'
import type { BlockOf } from './registry'

/** A file that was sent with a message. */
export function FileBlock({ block }: { block: BlockOf<'file' | 'image'> }) {
  return (
    <p className={styles.file}>
      <File aria-hidden="true" />
      <span>{drawn(block.name)}</span>
    </p>
  )
}
