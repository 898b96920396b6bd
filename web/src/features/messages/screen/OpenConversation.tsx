import { Trans, useLingui } from '@lingui/react/macro'
import { MessageCircle, SearchX } from 'lucide-react'
import { Suspense, useState } from 'react'
import type { Conversation, Id } from '@/core/api'
import { Welcome } from '@/features/set-up'
import { useConversation, useConversations, useConversationWanted, useIsConversationComing, useLogReady } from '@/log'
import { Button, Delayed, Empty, part, SplitPane } from '@/ui'
import { DetailsOver } from '../details/DetailsOver'
import { DetailsPanel } from '../details/DetailsPanel'
import { ConversationPane } from '../pane/ConversationPane'
import styles from './screen.module.css'
import { useDetailsOpen } from './useDetailsOpen'
import { useMedia } from './useMedia'

/** Rare. */
const { Part: LeftBehind } = part(() => import('../left-behind/LeftBehind').then(module => module.LeftBehind))

export interface OpenConversationProps {
  id: Id | null
  target: Id | null
  onArrived: () => void
  onBack: () => void
}

/** The open conversation with its details, or why there is none. */
export function OpenConversation({ id, target, onArrived, onBack }: OpenConversationProps) {
  const conversation = useConversation(id ?? undefined)
  const isComing = useIsConversationComing(id ?? '')
  useConversationWanted(id)
  if (!id) return <NothingOpen />
  if (conversation)
    return <WithDetails key={id} conversation={conversation} target={target} onArrived={onArrived} onBack={onBack} />
  return isComing ? <div className={styles.empty} aria-busy="true" /> : <Missing id={id} onBack={onBack} />
}

interface WithDetailsProps extends Omit<OpenConversationProps, 'id'> {
  conversation: Conversation
}

function WithDetails({ conversation, target, onArrived, onBack }: WithDetailsProps) {
  const { t } = useLingui()
  const hasRoom = useMedia('(width >= 1200px)')
  const [beside, setBeside] = useDetailsOpen()
  const [over, setOver] = useState(false)
  const isOpen = hasRoom ? beside : over
  const setOpen = hasRoom ? setBeside : setOver
  const close = () => setOpen(false)
  const details = isOpen ? <DetailsPanel conversation={conversation} onClose={close} /> : null
  return (
    <div className={styles.single}>
      <SplitPane
        className={styles.screen}
        name="messages.details"
        side="end"
        pane={hasRoom ? details : null}
        defaultSize={320}
        min={280}
        max={480}
        handleLabel={t`Width of the details`}
      >
        <ConversationPane
          conversation={conversation}
          detailsOpen={isOpen}
          onDetails={() => setOpen(!isOpen)}
          onBack={onBack}
          target={target}
          onArrived={onArrived}
        />
      </SplitPane>
      {!hasRoom && details && <DetailsOver onClose={close}>{details}</DetailsOver>}
    </div>
  )
}

function NothingOpen() {
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

/** A conversation just begun is opened before its event has come: it gets a moment. */
const comingMs = 800

function Missing({ id, onBack }: { id: Id; onBack: () => void }) {
  return (
    <div className={styles.empty}>
      <Delayed ms={comingMs}>
        <Empty
          icon={<SearchX />}
          title={<Trans>This conversation does not exist, or you are not in it.</Trans>}
          action={
            <Button onClick={onBack}>
              <Trans>All conversations</Trans>
            </Button>
          }
        />
        <Suspense>
          <LeftBehind conversation={id} />
        </Suspense>
      </Delayed>
    </div>
  )
}
