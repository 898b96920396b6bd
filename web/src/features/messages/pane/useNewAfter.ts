import { useEffect, useState } from 'react'
import type { Conversation, Id } from '@/core/api'
import { type TimelineView, unreadOf } from '@/log'
import { lateUnread } from '../timeline/scroll/read-through'

/**
 * Where the line "new messages" stands until the conversation is left: after what was read when it was opened, or when the
 * first came late to a place above. Null: nowhere.
 */
export function useNewAfter(conversation: Conversation, view: TimelineView, me: Id): number | null {
  const { read_seq } = conversation
  const [newAfter, setNewAfter] = useState(() => (unreadOf(conversation) > 0 ? read_seq : null))
  useEffect(() => {
    if (newAfter === null && lateUnread(view.messages, read_seq, me).length > 0) setNewAfter(read_seq)
  }, [newAfter, view.messages, read_seq, me])
  return newAfter
}
