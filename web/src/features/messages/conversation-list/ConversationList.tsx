import { Trans, useLingui } from '@lingui/react/macro'
import { MessagesSquare, Plus, UserRound, UsersRound } from 'lucide-react'
import { Suspense, useMemo, useState } from 'react'
import type { Conversation, Id } from '@/core/api'
import { useLogReady } from '@/log'
import { IconButton, Menu, MenuItem, Segmented } from '@/ui'
import { LeftBehindBar } from '../left-behind/LeftBehindBar'
import { NewDirectDialog, NewGroupDialog } from '../new-conversation'
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
  return (
    <section className={styles.list} aria-label={t`Conversations`}>
      <header className={styles.head}>
        <h1>
          <Trans>Messages</Trans>
        </h1>
        <NewMenu />
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

function NewMenu() {
  const { t } = useLingui()
  const [dialog, setDialog] = useState<'group' | 'direct' | null>(null)
  const close = () => setDialog(null)
  return (
    <>
      <Menu align="end" trigger={<IconButton icon={<Plus />} label={t`New conversation`} tooltipSide="bottom" />}>
        <MenuItem icon={<UserRound />} onClick={() => setDialog('direct')}>
          <Trans>Message somebody</Trans>
        </MenuItem>
        <MenuItem icon={<UsersRound />} onClick={() => setDialog('group')}>
          <Trans>New group</Trans>
        </MenuItem>
      </Menu>
      <NewGroupDialog open={dialog === 'group'} onOpenChange={close} />
      <NewDirectDialog open={dialog === 'direct'} onOpenChange={close} />
    </>
  )
}

function Nothing({ filter }: { filter: Filter }) {
  return (
    <div className={styles.nothing}>
      <MessagesSquare aria-hidden="true" />
      <p>
        {filter === 'all' && <Trans>No conversations yet. Begin one with the + above.</Trans>}
        {filter === 'unread' && <Trans>You have read everything.</Trans>}
        {filter === 'mentions' && <Trans>Nobody mentions you in unread messages.</Trans>}
      </p>
    </div>
  )
}
