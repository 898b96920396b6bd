import { type ReactElement, useState } from 'react'
import type { Message } from '@/core/api'
import { ContextMenu, MenuSeparator } from '@/ui'
import { usePane } from '../pane/pane-context'
import { actionsFor, MessageMenu } from './message/MessageMenu'
import { type Row, rowOf } from './rows/build-rows'
import styles from './timeline.module.css'

/**
 * The menu of the message under a right click or a long press: one for the whole timeline, since making one for each row
 * would slow scrolling.
 */
export function RowMenu({ rows, children }: { rows: readonly Row[]; children: ReactElement }) {
  const [message, setMessage] = useState<Message | null>(null)
  const point = (target: EventTarget) => setMessage(messageAt(rows, target))
  return (
    <div
      className={styles.frame}
      onPointerDownCapture={event => event.pointerType !== 'mouse' && point(event.target)}
      onContextMenuCapture={event => {
        // Selected text, links and everything that is no message keep the browser's own menu.
        if (hasOwnMenu(event.target) || !messageAt(rows, event.target)) event.stopPropagation()
        else point(event.target)
      }}
    >
      <ContextMenu items={message && <Items message={message} />}>{children}</ContextMenu>
    </div>
  )
}

function Items({ message }: { message: Message }) {
  const pane = usePane()
  return (
    <>
      {actionsFor(message, pane).map(({ id, choices: Choices }) => Choices && <Choices key={id} message={message} />)}
      <MenuSeparator />
      <MessageMenu message={message} />
    </>
  )
}

function messageAt(rows: readonly Row[], target: EventTarget): Message | null {
  const element = (target as Element).closest?.<HTMLElement>('[data-message]')
  const row = element && rows[rowOf(rows, element.dataset.message ?? '')]
  return row && row.kind === 'message' && !row.message.recalled ? row.message : null
}

function hasOwnMenu(target: EventTarget): boolean {
  const selection = window.getSelection()
  return (selection !== null && !selection.isCollapsed) || (target as Element).closest?.('a[href]') !== null
}
