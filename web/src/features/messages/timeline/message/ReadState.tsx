import { Trans, useLingui } from '@lingui/react/macro'
import { useState } from 'react'
import type { Message } from '@/core/api'
import { useMembers } from '@/log'
import { classes, Popover } from '@/ui'
import { usePane } from '../../pane/pane-context'
import styles from './message.module.css'
import { Readers } from './Readers'
import { type ReadCounts, readCounts } from './read-counts'

/** The server tells others' reading only in conversations up to this size (messaging.receipts_max_members). */
const receiptsMaxMembers = 200

/** Under a message of mine: how many have read it. A click shows who. */
export function ReadState({ message }: { message: Message }) {
  const { kind } = usePane()
  const members = useMembers(message.conversation)
  if (!members || members.size > receiptsMaxMembers) return null
  const counts = readCounts(message, members)
  if (counts.read + counts.unread === 0) return null
  if (kind === 'direct')
    return (
      <p className={styles.readState}>
        <DirectWords counts={counts} />
      </p>
    )
  return <GroupReadState message={message} counts={counts} />
}

function GroupReadState({ message, counts }: { message: Message; counts: ReadCounts }) {
  const { t } = useLingui()
  const [open, setOpen] = useState(false)
  return (
    <Popover
      label={t`Who has read this message`}
      side="top"
      align="start"
      flush
      open={open}
      onOpenChange={setOpen}
      trigger={
        <button type="button" className={classes(styles.readState, counts.unread > 0 && styles.unreadSome)}>
          <GroupWords counts={counts} />
        </button>
      }
    >
      <Readers message={message} />
    </Popover>
  )
}

function DirectWords({ counts }: { counts: ReadCounts }) {
  return counts.unread > 0 ? <Trans>Unread</Trans> : <Trans>Read</Trans>
}

function GroupWords({ counts: { read, unread } }: { counts: ReadCounts }) {
  if (unread === 0) return <Trans>Read by all</Trans>
  return (
    <Trans>
      {read} read, {unread} unread
    </Trans>
  )
}
