import { Trans } from '@lingui/react/macro'
import { Bookmark, Clock } from 'lucide-react'
import type { Message } from '@/core/api'
import { useStarred } from './stars'
import styles from './stars.module.css'

/** Under a message that I marked. */
export function StarNote({ message }: { message: Message }) {
  const { starred, waiting } = useStarred(message)
  if (!starred) return null
  return (
    <p className={styles.note}>
      {waiting ? <Clock aria-hidden="true" /> : <Bookmark aria-hidden="true" />}
      {waiting ? <Trans>Saved for later, waiting for the connection</Trans> : <Trans>For later</Trans>}
    </p>
  )
}
