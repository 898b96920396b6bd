import { Trans, useLingui } from '@lingui/react/macro'
import { useState } from 'react'
import type { Message } from '@/core/api'
import { type Members, useMembers } from '@/log'
import { Popover } from '@/ui'
import { usePane } from '../../pane/pane-context'
import styles from './message.module.css'
import { Readers } from './Readers'
import { type ReadCounts, readCounts } from './read-counts'

/** The server tells others' reading only in conversations up to this size (messaging.receipts_max_members). */
const receiptsMaxMembers = 200

interface ReadStateProps {
  message: Message
  endsRun: boolean
  nextMine: number | null
}

/** Under messages of mine: how many have read them. A click shows who. */
export function ReadState({ message, endsRun, nextMine }: ReadStateProps) {
  const { kind } = usePane()
  const members = useMembers(message.conversation)
  if (!members || members.size > receiptsMaxMembers) return null
  const counts = readCounts(message, members)
  if (counts.read + counts.unread === 0) return null
  if (kind === 'group') return endsRun ? <GroupReadState message={message} counts={counts} /> : null
  if (!isLastOfItsKind(message, members, counts, nextMine)) return null
  return <p className={styles.readState}>{counts.unread > 0 ? <Trans>Unread</Trans> : <Trans>Read</Trans>}</p>
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
        <button type="button" className={styles.readState}>
          <GroupWords counts={counts} />
        </button>
      }
    >
      <Readers message={message} />
    </Popover>
  )
}

/** In a direct conversation the last that was read says so for all before it, and the last for all that were not. */
function isLastOfItsKind(message: Message, members: Members, counts: ReadCounts, nextMine: number | null): boolean {
  if (nextMine === null) return true
  return (
    counts.unread === 0 &&
    members.all().some(({ person, read_seq }) => person !== message.sender && read_seq < nextMine)
  )
}

function GroupWords({ counts: { unread } }: { counts: ReadCounts }) {
  return unread === 0 ? <Trans>Read by all</Trans> : <Trans>Unread by {unread}</Trans>
}
