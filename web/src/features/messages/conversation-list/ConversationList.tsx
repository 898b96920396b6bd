import { Trans, useLingui } from '@lingui/react/macro'
import { MessagesSquare } from 'lucide-react'
import { Suspense, useMemo } from 'react'
import type { Conversation, Id } from '@/core/api'
import { useLogReady } from '@/log'
import { Segmented } from '@/ui'
import { LeftBehindBar } from '../left-behind/LeftBehindBar'
import { listViews } from '../slots'
import { arrange, type Filter } from './arrange'
import { ListRows } from './ListRows'
import { ListSkeleton } from './ListSkeleton'
import styles from './list.module.css'
import { useListed } from './useListed'
import { useListKeys } from './useListKeys'
import { useShownInList } from './useShownInList'

export interface ConversationListProps {
  open: Id | null
  onOpen: (conversation: Id) => void
}

/** My conversations, with filters above them. */
export function ConversationList({ open, onOpen }: ConversationListProps) {
  const { t, i18n } = useLingui()
  const [chosen, choose] = useShownInList()
  const view = listViews.entries.find(({ id }) => id === chosen)
  const filter = view ? 'all' : (chosen as Filter)
  const conversations = useListed(open)
  const shown = useMemo(() => arrange(conversations, filter, open), [conversations, filter, open])
  useListKeys(shown, open, onOpen)
  // A page has one title: that of the conversation, once one is open.
  const Heading = open === null ? 'h1' : 'h2'
  return (
    <section className={styles.list} aria-label={t`Conversations`}>
      <header className={styles.head}>
        <Heading>
          <Trans>Messages</Trans>
        </Heading>
      </header>
      <Segmented
        className={styles.filters}
        shape="pills"
        label={t`Filter conversations`}
        value={chosen}
        onValueChange={choose}
        options={[
          { value: 'all', label: t`All` },
          { value: 'unread', label: t`Unread` },
          { value: 'mentions', label: t`@Me` },
          ...listViews.entries.map(({ id, label }) => ({ value: id, label: i18n._(label) })),
        ]}
      />
      <LeftBehindBar open={open} onOpen={onOpen} />
      {view ? (
        <Suspense fallback={<ListSkeleton />}>
          <view.View />
        </Suspense>
      ) : (
        <Rows shown={shown} filter={filter} open={open} onOpen={onOpen} />
      )}
    </section>
  )
}

interface RowsProps extends ConversationListProps {
  shown: readonly Conversation[]
  filter: Filter
}

function Rows({ shown, filter, open, onOpen }: RowsProps) {
  const isKnown = useLogReady()
  if (shown.length === 0) return isKnown ? <Nothing filter={filter} /> : <ListSkeleton />
  return <ListRows shown={shown} open={open} onOpen={conversation => onOpen(conversation.id)} />
}

function Nothing({ filter }: { filter: Filter }) {
  return (
    <div className={styles.nothing}>
      <MessagesSquare aria-hidden="true" />
      <p>
        {filter === 'all' && <Trans>No conversations yet. Start one with the + above.</Trans>}
        {filter === 'unread' && <Trans>You have read everything.</Trans>}
        {filter === 'mentions' && <Trans>Nobody mentions you in unread messages.</Trans>}
      </p>
    </div>
  )
}
