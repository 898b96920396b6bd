import { Trans } from '@lingui/react/macro'
import type { Id } from '@/core/api'
import { Banner, Button } from '@/ui'
import styles from './left-behind.module.css'
import { useLeftBehind } from './useLeftBehind'

/** I wrote something in a conversation that stands in the list no more: the way to it. */
export function LeftBehindBar({ open, onOpen }: { open: Id | null; onOpen: (conversation: Id) => void }) {
  const next = useLeftBehind().find(conversation => conversation !== open)
  if (!next) return null
  return (
    <Banner
      tone="warn"
      className={styles.bar}
      action={
        <Button size="small" onClick={() => onOpen(next)}>
          <Trans>Show</Trans>
        </Button>
      }
    >
      <Trans>Not sent: you are no longer in that conversation.</Trans>
    </Banner>
  )
}
