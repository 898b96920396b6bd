import type { Id, Message, Notice } from '../../core/api/contract.ts'
import { freshMessage } from './fresh.ts'
import { lateArrival } from './late.ts'
import type { About } from './rule.ts'

interface NoticeEvent {
  id: Id
  actor: Id | null
  arrived?: Id
  data: { conversation: Id }
}

/** The notice an event makes: it has the event's id and the number of the text message before it. */
export function noticeOf(event: NoticeEvent, notice: Notice, about: About): Message {
  return {
    ...freshMessage,
    id: event.id,
    conversation: event.data.conversation,
    sender: event.actor ?? '0',
    seq: about.seqBefore(event.id),
    kind: 'notice',
    notice,
    arrived: lateArrival(event),
  }
}
