import { useLingui } from '@lingui/react/macro'
import { useLocation, useNavigate, useParams } from '@tanstack/react-router'
import { useEffect } from 'react'
import type { Id } from '@/core/api'
import { holdKeys } from '@/core/keys'
import { useLogReady } from '@/log'
import { SplitPane } from '@/ui'
import { preloadCopying } from '../clipboard/copying'
import { preloadEditor } from '../composer/Editor'
import { ConversationList } from '../conversation-list/ConversationList'
import { OpenConversation } from './OpenConversation'
import styles from './screen.module.css'
import { useMedia } from './useMedia'

/** My conversations and the open one. Where there is room for one only: the list, or the conversation. */
export function MessagesScreen() {
  const { t } = useLingui()
  const { conversation = null } = useParams({ strict: false })
  const target = useLocation({ select: location => location.hash }) || null
  const navigate = useNavigate()
  const isWide = useMedia('(width >= 860px)')
  const ready = useLogReady()
  useEffect(() => {
    // Not before the list, which is waited for.
    if (!ready) return
    preloadEditor()
    preloadCopying()
  }, [ready])
  const open = (id: Id) => {
    // What is written from now on is for that one, however long it takes to be there.
    if (id !== conversation) holdKeys()
    void navigate({ to: '/messages/$conversation', params: { conversation: id } })
  }
  const list = <ConversationList open={conversation} onOpen={open} />
  const pane = (
    <OpenConversation
      id={conversation}
      target={target}
      onArrived={() => void navigate({ to: '.', hash: '', replace: true })}
      onBack={() => void navigate({ to: '/messages' })}
    />
  )
  if (!isWide) return <div className={styles.single}>{conversation ? pane : list}</div>
  return (
    <SplitPane
      className={styles.screen}
      name="messages.list"
      pane={list}
      defaultSize={288}
      min={240}
      max={400}
      handleLabel={t`Width of the list`}
    >
      {pane}
    </SplitPane>
  )
}
