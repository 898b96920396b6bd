import { Trans, useLingui } from '@lingui/react/macro'
import { X } from 'lucide-react'
import { Suspense } from 'react'
import type { Conversation } from '@/core/api'
import { IconButton } from '@/ui'
import { detailsParts } from '../slots'
import styles from './details.module.css'

/** Beside the conversation: who is in it, and how it is for me. */
export function DetailsPanel({ conversation, onClose }: { conversation: Conversation; onClose: () => void }) {
  const { t } = useLingui()
  const isGroup = conversation.kind === 'group'
  return (
    <aside className={styles.panel} aria-label={t`Details`}>
      <header className={styles.head}>
        <h2>{isGroup ? <Trans>Group details</Trans> : <Trans>Details</Trans>}</h2>
        <IconButton icon={<X />} label={t`Hide details`} onClick={onClose} />
      </header>
      <Suspense>
        {detailsParts.entries.map(
          ({ id, isFor, Part }) => (!isFor || isFor(conversation)) && <Part key={id} conversation={conversation} />,
        )}
      </Suspense>
    </aside>
  )
}
