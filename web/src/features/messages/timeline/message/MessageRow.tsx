import { Trans } from '@lingui/react/macro'
import { Clock } from 'lucide-react'
import { memo, useState } from 'react'
import type { Id, Message } from '@/core/api'
import { useTimes } from '@/core/time'
import { PersonButton, SecondName } from '@/features/contacts'
import { sentKey, usePerson } from '@/log'
import { Avatar, classes } from '@/ui'
import { Folded } from '../../blocks/Folded'
import { useWaits } from '../../changes/pending'
import { usePane } from '../../pane/pane-context'
import { useRecalledWords } from '../../recalled/recalled-words'
import { messageNotes } from '../../slots'
import { recalledText } from '../../wording/notice-text'
import { LateMark } from './LateMark'
import { MessageBar } from './MessageBar'
import styles from './message.module.css'
import { QuoteLine } from './QuoteLine'
import { Reactions } from './Reactions'
import { ReadState } from './ReadState'
import { SiteMark } from './SiteMark'

export interface MessageRowProps {
  message: Message
  /** The avatar and name above are this one's, too. */
  continued: boolean
  /** The next one does not belong to it: what is said once for several is said here. */
  endsRun: boolean
  /** The number of my next message: what was read of mine is said once, at the last. Null for none, and for those of others. */
  nextMine: number | null
  /** The reader was just brought here. */
  flash: boolean
}

/** One message: who, when, what, and what came of it. */
export const MessageRow = memo(function MessageRow(props: MessageRowProps) {
  const { message, continued, endsRun, nextMine, flash } = props
  const { me, nameOf } = usePane()
  const { clock } = useTimes()
  const [hot, setHot] = useState(false)
  const [busy, setBusy] = useState(false)
  if (message.recalled) return <RecalledRow message={message} flash={flash} />
  const mine = message.sender === me
  return (
    <article
      className={classes(
        styles.row,
        continued && styles.continued,
        mine && styles.mine,
        flash && styles.flash,
        busy && styles.busy,
      )}
      data-message={message.id}
      aria-label={`${nameOf(message.sender)} ${clock(message.id)}`}
      tabIndex={-1}
      onPointerEnter={event => event.pointerType === 'mouse' && setHot(true)}
      onPointerLeave={() => setHot(false)}
      onFocus={event => event.target.matches(':focus-visible') && setHot(true)}
      onBlur={event => !event.currentTarget.contains(event.relatedTarget) && setHot(false)}
    >
      <Gutter message={message} name={nameOf(message.sender)} continued={continued} />
      <div className={styles.body}>
        {!continued && <Heading message={message} name={nameOf(message.sender)} />}
        <Bubble message={message} />
        {messageNotes.entries.map(({ id, Note }) => (
          <Note key={id} message={message} />
        ))}
        {mine && <SiteMark message={message} />}
        <Reactions message={message} />
        {mine && <ReadState message={message} endsRun={endsRun} nextMine={nextMine} />}
      </div>
      {(hot || busy) && <MessageBar message={message} onBusy={setBusy} />}
    </article>
  )
})

function Gutter({ message, name, continued }: { message: Message; name: string; continued: boolean }) {
  const { clock, full, exact } = useTimes()
  if (continued)
    return (
      <time className={styles.gutterTime} dateTime={exact(message.id)} title={full(message.id)}>
        {clock(message.id)}
      </time>
    )
  return (
    <PersonButton person={message.sender} className={styles.face}>
      <Avatar id={message.sender} name={name} size={36} aria-label={name} />
    </PersonButton>
  )
}

function Heading({ message, name }: { message: Message; name: string }) {
  const { clock, full, exact } = useTimes()
  return (
    <header className={styles.heading}>
      <span className={styles.name}>{name}</span>
      <SecondName person={usePerson(message.sender)} />
      <time dateTime={exact(message.id)} title={full(message.id)}>
        {clock(message.id)}
      </time>
      {message.arrived && <LateMark arrived={message.arrived} />}
    </header>
  )
}

function Bubble({ message }: { message: Message }) {
  const { full } = useTimes()
  const waits = useWaits('edit', message.id)
  return (
    <div className={styles.bubble}>
      {message.reply_to && <QuoteLine quote={message.reply_to} />}
      {message.content && <Folded name={sentKey(message.id) ?? message.id} content={message.content} />}
      {waits && (
        <span className={styles.waits}>
          <Clock aria-hidden="true" /> <Trans>Edited, waiting for the connection</Trans>
        </span>
      )}
      {message.edited && (
        <span className={styles.edited} title={full(message.edited)}>
          <Trans>(edited)</Trans>
        </span>
      )}
    </div>
  )
}

function RecalledRow({ message, flash }: { message: Message; flash: boolean }) {
  const pane = usePane()
  const mine = message.sender === pane.me && message.recalled?.by === pane.me
  return (
    <p className={classes(styles.notice, flash && styles.flash)} data-message={message.id} tabIndex={-1}>
      {recalledText(message, pane)}
      {mine && <EditAgain id={message.id} />}
      <RecallWaits id={message.id} />
    </p>
  )
}

function RecallWaits({ id }: { id: Id }) {
  if (!useWaits('recall', id)) return null
  return (
    <span className={styles.waits}>
      <Clock aria-hidden="true" /> <Trans>Waiting for the connection</Trans>
    </span>
  )
}

/** Who recalls does so to say it better, more often than not: the words can be taken up again here for a while. */
function EditAgain({ id }: { id: Id }) {
  const { editAgain } = usePane()
  const words = useRecalledWords(id)
  if (!words) return null
  return (
    <button type="button" className={styles.textButton} onClick={() => editAgain(words)}>
      <Trans>Edit again</Trans>
    </button>
  )
}
