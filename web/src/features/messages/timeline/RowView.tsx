import { Trans } from '@lingui/react/macro'
import { memo } from 'react'
import type { Message } from '@/core/api'
import { classes } from '@/ui'
import { usePane } from '../pane/pane-context'
import { noticeText } from '../wording/notice-text'
import { DayLine } from './DayLine'
import { MessageRow } from './message/MessageRow'
import styles from './message/message.module.css'
import { OutgoingRow } from './message/OutgoingRow'
import type { Row } from './rows/build-rows'
import lines from './timeline.module.css'

/** One line of the timeline, whatever it is. */
export function RowView({ row, flash }: { row: Row; flash: boolean }) {
  switch (row.kind) {
    case 'day':
      return <DayLine id={row.id} />
    case 'new':
      return (
        <div className={classes(lines.separator, lines.new)}>
          <Trans>New messages</Trans>
        </div>
      )
    case 'notice':
      return <NoticeRow message={row.message} flash={flash} />
    case 'message':
      return <MessageRow {...row} flash={flash} />
    case 'outgoing':
      return <OutgoingRow outgoing={row.outgoing} continued={row.continued} />
  }
}

const NoticeRow = memo(function NoticeRow({ message, flash }: { message: Message; flash: boolean }) {
  const pane = usePane()
  return (
    <p className={classes(styles.notice, flash && styles.flash)} data-message={message.id} tabIndex={-1}>
      {noticeText(message, pane)}
    </p>
  )
})
