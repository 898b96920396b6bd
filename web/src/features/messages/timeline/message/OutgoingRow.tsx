import { Trans } from '@lingui/react/macro'
import { CircleAlert, Clock } from 'lucide-react'
import { Suspense } from 'react'
import { useLocale } from '@/core/i18n'
import { fieldReasons, useProblemText } from '@/core/problems'
import { clockTime } from '@/core/time'
import { discard, hasFilesToUpload, type Outgoing, retry, retryWithoutQuote } from '@/log'
import { Avatar, classes, Delayed, part } from '@/ui'
import { Folded } from '../../blocks/Folded'
import { usePane } from '../../pane/pane-context'
import styles from './message.module.css'
import { QuoteLine } from './QuoteLine'

const { Part: OutgoingFiles } = part(() => import('../../files/views').then(module => module.OutgoingFiles))

/** A message of mine that the server has not taken yet: on its way, or failed and kept in its place. */
export function OutgoingRow({ outgoing, continued }: { outgoing: Outgoing; continued: boolean }) {
  const { me, nameOf } = usePane()
  const locale = useLocale()
  const name = nameOf(me)
  return (
    <article className={classes(styles.row, styles.mine, continued && styles.continued)}>
      {continued ? <span /> : <Avatar id={me} name={name} size={36} />}
      <div className={styles.body}>
        {!continued && (
          <header className={styles.heading}>
            <span className={styles.name}>{name}</span>
            <time>{clockTime(new Date(outgoing.at), locale)}</time>
          </header>
        )}
        <div className={styles.bubble}>
          {outgoing.reply_to && <QuoteLine quote={outgoing.reply_to} />}
          {outgoing.content.blocks.length > 0 && <Folded name={outgoing.key} content={outgoing.content} />}
          <Suspense>{outgoing.files && <OutgoingFiles outgoing={outgoing} />}</Suspense>
        </div>
        {outgoing.failed ? (
          <Failed outgoing={outgoing} />
        ) : (
          <OnItsWay sent={outgoing.sent !== null || hasFilesToUpload(outgoing)} />
        )}
      </div>
    </article>
  )
}

/** Said only when it takes a while. Its place is that of the read state, so that the message does not move. */
function OnItsWay({ sent }: { sent: boolean }) {
  return (
    <p className={styles.outgoingState}>
      {!sent && (
        <Delayed ms={800}>
          <Clock aria-hidden="true" />
          <Trans>Sending…</Trans>
        </Delayed>
      )}
    </p>
  )
}

function Failed({ outgoing }: { outgoing: Outgoing }) {
  const text = useProblemText()
  const { takeBack } = usePane()
  const isText = Object.keys(fieldReasons(outgoing.failed)).some(field => field.startsWith('content'))
  return (
    <div className={styles.outgoingState} role="alert">
      <span className={classes(styles.outgoingState, styles.failed)}>
        <CircleAlert aria-hidden="true" />
        <span>
          <Trans>Not sent.</Trans>
          <span className={styles.reason}>
            {isText ? (
              <Trans>The server cannot accept this text. Change it and send it again.</Trans>
            ) : (
              text(outgoing.failed)
            )}
          </span>
        </span>
      </span>
      {isQuoteGone(outgoing) ? (
        <button type="button" className={styles.textButton} onClick={() => retryWithoutQuote(outgoing.key)}>
          <Trans>Send without the quote</Trans>
        </button>
      ) : (
        <button type="button" className={styles.textButton} onClick={() => retry(outgoing.key)}>
          <Trans>Send again</Trans>
        </button>
      )}
      <button type="button" className={styles.textButton} onClick={() => takeBack(outgoing)}>
        <Trans>Edit</Trans>
      </button>
      <button type="button" className={styles.textButton} onClick={() => discard(outgoing.key)}>
        <Trans>Delete</Trans>
      </button>
    </div>
  )
}

/** The message it answers was recalled before it went out: again it would be refused again. */
function isQuoteGone({ reply_to, failed }: Outgoing): boolean {
  const codes = ['messaging.message_gone', 'messaging.message_not_found']
  return reply_to !== null && failed !== null && codes.includes(failed.code)
}
