import { plural } from '@lingui/core/macro'
import { Trans, useLingui } from '@lingui/react/macro'
import { ChevronDown, Clock, Pin } from 'lucide-react'
import { Suspense, useState } from 'react'
import type { Conversation, Id } from '@/core/api'
import { useConnectionStatus } from '@/log'
import { IconButton, Popover, part } from '@/ui'
import { contentLine } from '../blocks/text'
import { usePane } from '../pane/pane-context'
import { type ShownPin, usePinnedMessage, usePins } from './pins'
import styles from './pins.module.css'

/** All of them are fetched when somebody looks. */
export const pinList = part(() => import('./PinList').then(module => module.PinList))

/** Above the messages: what was pinned last, and the way to it and to all others. */
export function PinBar({ conversation: { id } }: { conversation: Conversation }) {
  const { t } = useLingui()
  const { nameOf, jumpTo } = usePane()
  const pins = usePins(id)
  const [open, setOpen] = useState(false)
  const [newest] = pins
  if (!newest) return null
  const count = pins.length
  const go = (message: Id) => {
    setOpen(false)
    jumpTo(message)
  }
  return (
    <section className={styles.bar} aria-label={t`Pinned messages`}>
      {newest.id ? <Pin className={styles.sign} aria-hidden="true" /> : <Waiting />}
      <button type="button" className={styles.newest} onClick={() => go(newest.message)}>
        <Trans>
          <b>{nameOf(newest.person)}</b> pinned: <PinWords conversation={id} pins={pins} message={newest.message} />
        </Trans>
      </button>
      {count > 1 && <span className={styles.count}>1/{count}</span>}
      <Popover
        label={t`Pinned messages`}
        align="end"
        flush
        open={open}
        onOpenChange={setOpen}
        trigger={
          <IconButton
            size="small"
            icon={<ChevronDown />}
            label={plural(count, { one: 'Show # pinned message', other: 'Show all # pinned messages' })}
          />
        }
      >
        {/* As wide from the beginning: what grows at the edge of a phone makes the page wider for a moment. */}
        <Suspense fallback={<div className={styles.list} />}>
          <pinList.Part
            conversation={id}
            pins={pins}
            wordsOf={message => <PinWords conversation={id} pins={pins} message={message} />}
            onGo={go}
          />
        </Suspense>
      </Popover>
    </section>
  )
}

function Waiting() {
  const { t } = useLingui()
  return <Clock className={styles.sign} role="img" aria-label={t`Waiting for the connection`} />
}

/** What a pinned message says, in a line. */
function PinWords({ conversation, pins, message: id }: { conversation: Id; pins: readonly ShownPin[]; message: Id }) {
  const { t } = useLingui()
  const message = usePinnedMessage(conversation, pins, id)
  const { phase } = useConnectionStatus()
  if (message) return message.content && contentLine(message.content, { everyone: t`all` })
  // Its words are not here: they are being fetched, or there is no connection.
  return phase === 'live' ? '…' : <Trans>an earlier message, shown once you are back online</Trans>
}
