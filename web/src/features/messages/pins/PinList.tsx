import { t } from '@lingui/core/macro'
import { Trans } from '@lingui/react/macro'
import { PinOff } from 'lucide-react'
import type { ReactNode } from 'react'
import type { Id } from '@/core/api'
import { useTimes } from '@/core/time'
import { Avatar, IconButton } from '@/ui'
import { usePane } from '../pane/pane-context'
import { pinFlags, type ShownPin, usePinnedMessage } from './pins'
import styles from './pins.module.css'

interface PinListProps {
  conversation: Id
  pins: readonly ShownPin[]
  /** What a message says. */
  wordsOf: (message: Id) => ReactNode
  onGo: (message: Id) => void
}

/** All that is pinned in a conversation. */
export function PinList(list: PinListProps) {
  return (
    <ul className={styles.list}>
      {list.pins.map(pin => (
        <PinLine key={pin.message} {...list} pin={pin} />
      ))}
    </ul>
  )
}

interface PinLineProps extends PinListProps {
  pin: ShownPin
}

/** One of all: the message, who pinned it and when. */
function PinLine({ conversation, pins, pin, wordsOf, onGo }: PinLineProps) {
  const { nameOf } = usePane()
  const { list, exact } = useTimes()
  const message = usePinnedMessage(conversation, pins, pin.message)
  const who = nameOf(pin.person)
  return (
    <li className={styles.line}>
      <button type="button" className={styles.pinned} onClick={() => onGo(pin.message)}>
        <span className={styles.said}>
          {message && <Avatar id={message.sender} name={nameOf(message.sender)} size={20} />}
          {message && <b>{nameOf(message.sender)}</b>}
          {message && <time dateTime={exact(message.id)}>{list(message.id)}</time>}
        </span>
        <span className={styles.words}>{wordsOf(pin.message)}</span>
        <span className={styles.about}>
          {pin.id === null ? (
            <Trans>Waiting for the connection</Trans>
          ) : (
            <Trans>
              {who} pinned it, {list(pin.id)}
            </Trans>
          )}
        </span>
      </button>
      <IconButton
        icon={<PinOff />}
        label={t({ message: 'Unpin', context: 'a message, from above its conversation' })}
        onClick={() => pinFlags.set(conversation, pin.message, false)}
      />
    </li>
  )
}
