import { t } from '@lingui/core/macro'
import { Trans, useLingui } from '@lingui/react/macro'
import { useNavigate } from '@tanstack/react-router'
import { Bookmark, Check } from 'lucide-react'
import { useProblemText } from '@/core/problems'
import { useMe } from '@/core/session'
import { useTimes } from '@/core/time'
import { useConversation, useNameOf } from '@/log'
import { Avatar, Button, Delayed, Empty, IconButton, Skeleton } from '@/ui'
import { contentLine } from '../blocks/text'
import { recalledText } from '../wording/notice-text'
import { useTitle } from '../wording/useTitle'
import { type ShownStar, useLater, useStarredMessage } from './later'
import styles from './later.module.css'
import { starFlags } from './stars'

/** All that I marked for later, in the place of the conversations. */
export function LaterView() {
  const { t } = useLingui()
  const { stars, loading, error, retry, more } = useLater()
  if (loading)
    return (
      <div className={styles.waiting} aria-busy="true">
        <Delayed>
          <Skeleton width="70%" />
          <Skeleton width="50%" />
          <Skeleton width="60%" />
        </Delayed>
      </div>
    )
  return (
    <div className={styles.scroller}>
      {Boolean(error) && <Incomplete error={error} onRetry={retry} />}
      {stars.length === 0 && !error && <Nothing />}
      <ul aria-label={t`Marked for later`}>
        {stars.map(star => (
          <StarRow key={star.message} star={star} />
        ))}
      </ul>
      {more && (
        <Button size="small" onClick={more}>
          <Trans>Show more</Trans>
        </Button>
      )}
    </div>
  )
}

function StarRow({ star }: { star: ShownStar }) {
  const { t } = useLingui()
  const navigate = useNavigate()
  const { list, exact } = useTimes()
  const nameOf = useNameOf()
  const title = useTitle(useConversation(star.conversation))
  const message = useStarredMessage(star)
  const params = { conversation: star.conversation }
  const go = () => void navigate({ to: '/messages/$conversation', params, hash: star.message })
  const who = message && nameOf(message.sender)
  return (
    <li className={styles.row}>
      <button type="button" className={styles.star} disabled={!message} onClick={go}>
        {message && who && <Avatar id={message.sender} name={who} size={32} />}
        <span className={styles.middle}>
          <span className={styles.head}>
            <b>{who}</b>
            {message && <time dateTime={exact(message.id)}>{list(message.id)}</time>}
          </span>
          <span className={styles.words}>
            <Words star={star} />
          </span>
          <span className={styles.where}>{star.id === null ? <Trans>Waiting for the connection</Trans> : title}</span>
        </span>
      </button>
      <IconButton
        icon={<Check />}
        label={t({ message: 'Done', context: 'with a message that was marked for later' })}
        onClick={() => starFlags.set(star.conversation, star.message, false)}
      />
    </li>
  )
}

function Words({ star }: { star: ShownStar }) {
  const message = useStarredMessage(star)
  const nameOf = useNameOf()
  const me = useMe().person.id
  if (!message) return star.id && <Trans>You are no longer in this conversation.</Trans>
  if (message.recalled) return recalledText(message, { me, nameOf })
  return message.content && contentLine(message.content, { everyone: t`all` })
}

function Incomplete({ error, onRetry }: { error: unknown; onRetry: () => void }) {
  const text = useProblemText()
  return (
    <div className={styles.problem} role="status">
      <p>{text(error)}</p>
      <p>
        <Trans>Only what is stored on this device is shown.</Trans>
      </p>
      <Button size="small" onClick={onRetry}>
        <Trans>Try again</Trans>
      </Button>
    </div>
  )
}

function Nothing() {
  return (
    <Empty
      icon={<Bookmark />}
      title={<Trans>Nothing is left for later.</Trans>}
      hint={
        <Trans>
          Mark a message for later from its menu, or with the S key. Only you see the marks, on all your devices.
        </Trans>
      }
    />
  )
}
