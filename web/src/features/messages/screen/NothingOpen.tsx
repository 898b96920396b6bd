import { Trans } from '@lingui/react/macro'
import { MessageCircle } from 'lucide-react'
import { Suspense } from 'react'
import { Welcome } from '@/features/set-up'
import { useConversations, useLogReady } from '@/log'
import { Empty } from '@/ui'
import styles from './screen.module.css'

/** In the place of a conversation. */
export function NothingOpen() {
  const isNew = useConversations().length === 0
  if (!useLogReady()) return <div className={styles.empty} aria-busy="true" />
  return (
    <div className={styles.empty}>
      {isNew ? (
        <Suspense>
          <Welcome />
        </Suspense>
      ) : (
        <Empty
          icon={<MessageCircle />}
          title={<Trans>Choose a conversation</Trans>}
          hint={<Trans>Or press Ctrl+K to find people and groups.</Trans>}
        />
      )}
    </div>
  )
}
