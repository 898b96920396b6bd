import { plural } from '@lingui/core/macro'
import { Trans, useLingui } from '@lingui/react/macro'
import { BellOff, Pin } from 'lucide-react'
import { memo } from 'react'
import type { Conversation } from '@/core/api'
import { useMe } from '@/core/session'
import { useTimes } from '@/core/time'
import { SecondName } from '@/features/contacts'
import { hasUnreadMention, logStore, unreadOf, useNameOf, useOutgoing, usePerson } from '@/log'
import { Avatar, Badge, classes } from '@/ui'
import { writtenIn } from '../drafts/drafts-store'
import { useShownDraft } from '../drafts/shown-draft'
import { useShownPresence } from '../people/useShownPresence'
import { callIn } from '../read/calls'
import { rowMarks } from '../slots'
import { useTitle } from '../wording/useTitle'
import { lastId } from './arrange'
import styles from './list.module.css'
import { previewOf } from './preview'

export interface ConversationRowProps {
  conversation: Conversation
  open: boolean
  /** The one the arrow keys start from: the only one the Tab key stops at. */
  tabbable: boolean
  onOpen: (conversation: Conversation) => void
}

/** One conversation: who, what came last and when, and what waits. */
export const ConversationRow = memo(function ConversationRow(props: ConversationRowProps) {
  const { conversation, open, tabbable, onOpen } = props
  const { list, full, exact } = useTimes()
  const title = useTitle(conversation)
  const last = lastId(conversation)
  return (
    <button
      type="button"
      className={styles.row}
      aria-current={open ? 'page' : undefined}
      tabIndex={tabbable ? 0 : -1}
      data-conversation={conversation.id}
      onClick={() => onOpen(conversation)}
    >
      <Face conversation={conversation} title={title} />
      <span className={styles.middle}>
        <span className={styles.title}>
          <span className={styles.titleText} title={title}>
            {title}
            <SecondName person={usePerson(conversation.peer)} />
          </span>
          {rowMarks.entries.map(({ id, Mark }) => (
            <Mark key={id} conversation={conversation} />
          ))}
        </span>
        <PreviewLine conversation={conversation} open={open} />
      </span>
      <span className={styles.end}>
        <span className={styles.when}>
          <Signs conversation={conversation} />
          <time dateTime={exact(last)} title={full(last)}>
            {list(last)}
          </time>
        </span>
        <Waiting conversation={conversation} />
      </span>
    </button>
  )
})

function Face({ conversation, title }: { conversation: Conversation; title: string }) {
  const { kind, peer, id } = conversation
  const presence = useShownPresence(peer)
  if (kind === 'group') return <Avatar id={id} name={title} shape="group" />
  return <Avatar id={peer ?? id} name={title} {...presence} />
}

function PreviewLine({ conversation, open }: { conversation: Conversation; open: boolean }) {
  const me = useMe().person.id
  const nameOf = useNameOf()
  const draft = useShownDraft(conversation.id)
  const failed = useOutgoing(conversation.id).findLast(outgoing => outgoing.failed)?.content ?? null
  // Of the open one both stand in the conversation.
  const call = logStore(({ log }) => callIn(conversation, log?.rooms[conversation.id], me))
  const written = open ? { failed: null, draft: null } : { failed, draft: draft ? writtenIn(draft) : null }
  const { mark, text } = previewOf(conversation, { ...written, call }, { me, nameOf })
  return (
    <span className={classes(styles.preview, (mark === 'draft' || mark === 'failed') && styles.calling)}>
      {mark === 'mention' && (
        <span className={styles.calling}>
          <Trans>[Mentioned you]</Trans>{' '}
        </span>
      )}
      {mark === 'everyone' && (
        <span className={styles.calling}>
          <Trans>[@all]</Trans>{' '}
        </span>
      )}
      {mark === 'failed' && <Trans>Not sent: {text}</Trans>}
      {mark === 'draft' && <Trans>Draft: {text}</Trans>}
      {mark !== 'failed' && mark !== 'draft' && text}
    </span>
  )
}

/** How it is for me: on top, silent. */
function Signs({ conversation: { pinned, muted } }: { conversation: Conversation }) {
  const { t } = useLingui()
  return (
    <>
      {pinned && (
        <Pin className={styles.sign} role="img" aria-label={t({ message: 'Pinned', context: 'a conversation' })} />
      )}
      {muted && <BellOff className={styles.sign} role="img" aria-label={t`Muted`} />}
    </>
  )
}

function Waiting({ conversation }: { conversation: Conversation }) {
  const { t } = useLingui()
  const unread = unreadOf(conversation)
  const quiet = conversation.muted && !hasUnreadMention(conversation)
  if (unread === 0)
    return conversation.unread && <span className={styles.dot} role="img" aria-label={t`Marked as unread`} />
  return <Badge count={unread} muted={quiet} label={plural(unread, { one: '# unread', other: '# unread' })} />
}
