import { useEffect, useEffectEvent, useState } from 'react'
import type { Conversation, Id } from '@/core/api'
import { currentLog, type TimelineView, unreadOf, useConnectionStatus } from '@/log'
import { lateUnread } from '../timeline/scroll/read-through'

/**
 * Where the line "new messages" stands until the conversation is left: after what was read when it was opened, or when the
 * first came late to a place above. Null: nowhere.
 */
export function useNewAfter(conversation: Conversation, view: TimelineView, me: Id): number | null {
  const { id, read_seq } = conversation
  const isLive = useConnectionStatus().phase === 'live'
  const [newAfter, setNewAfter] = useState(() => (unreadOf(conversation) > 0 ? read_seq : null))
  useEffect(() => {
    if (newAfter === null && lateUnread(view.messages, read_seq, me).length > 0) setNewAfter(read_seq)
  }, [newAfter, view.messages, read_seq, me])
  // What is shown at first may be of a while ago: since then more was read, on this device before a reload, or on another one.
  const catchUp = useEffectEvent(() => {
    const known = currentLog()?.rooms[id]?.header.conversation.read_seq ?? 0
    if (newAfter === null || known <= newAfter) return
    setNewAfter(
      view.messages.some(message => message.kind === 'text' && message.seq > known && message.sender !== me)
        ? known
        : null,
    )
  })
  useEffect(() => {
    if (isLive) catchUp()
  }, [isLive])
  return newAfter
}
