import { type KeyboardEvent, useEffect, useRef, useState } from 'react'
import { VList, type VListHandle } from 'virtua'
import type { Conversation, Id } from '@/core/api'
import { ContextMenu } from '@/ui'
import { ConversationRow } from './ConversationRow'
import styles from './list.module.css'
import { RowMenu } from './RowMenu'

export interface ListRowsProps {
  shown: readonly Conversation[]
  open: Id | null
  onOpen: (conversation: Conversation) => void
}

/** The rows, of which only those in sight exist; one menu for all of them. */
export function ListRows({ shown, open, onOpen }: ListRowsProps) {
  const list = useRef<VListHandle>(null)
  const [pointed, setPointed] = useState<Id | null>(null)
  const openIndex = shown.findIndex(conversation => conversation.id === open)
  useOpenInSight(list, openIndex, open)
  const walk = (event: KeyboardEvent<HTMLElement>) => {
    if (event.altKey || (event.key !== 'ArrowDown' && event.key !== 'ArrowUp')) return
    const from = shown.findIndex(conversation => conversation.id === conversationAt(event.target))
    const index = from + (event.key === 'ArrowDown' ? 1 : -1)
    const next = shown[index]
    if (from < 0 || !next) return
    event.preventDefault()
    const place = event.currentTarget
    list.current?.scrollToIndex(index, { align: 'nearest' })
    requestAnimationFrame(() => place.querySelector<HTMLElement>(`[data-conversation="${next.id}"]`)?.focus())
  }
  const point = (target: EventTarget) => setPointed(conversationAt(target))
  const about = shown.find(conversation => conversation.id === pointed)
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: the rows are buttons; this moves between them
    <div
      className={styles.rows}
      onKeyDown={walk}
      onPointerDownCapture={event => event.pointerType !== 'mouse' && point(event.target)}
      onContextMenuCapture={event => point(event.target)}
    >
      <ContextMenu items={about && <RowMenu conversation={about} />}>
        <div className={styles.rows}>
          <VList ref={list} data={shown as Conversation[]} bufferSize={400} className={styles.scroller}>
            {(conversation, index) => (
              <ConversationRow
                key={conversation.id}
                conversation={conversation}
                open={conversation.id === open}
                tabbable={index === Math.max(0, openIndex)}
                onOpen={onOpen}
              />
            )}
          </VList>
        </div>
      </ContextMenu>
    </div>
  )
}

/** The open one is brought into sight when it is opened, not when others move it. */
function useOpenInSight(list: React.RefObject<VListHandle | null>, index: number, open: Id | null): void {
  const latest = useRef(index)
  latest.current = index
  // biome-ignore lint/correctness/useExhaustiveDependencies: once for each conversation that is opened
  useEffect(() => {
    if (latest.current >= 0) list.current?.scrollToIndex(latest.current, { align: 'nearest' })
  }, [open])
}

function conversationAt(target: EventTarget): Id | null {
  const row = (target as Element).closest?.<HTMLElement>('[data-conversation]')
  return row?.dataset.conversation ?? null
}
