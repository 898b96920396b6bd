import type { EventOf } from '../../../core/api/contract.ts'
import { compareIds } from '../../../core/api/ids.ts'
import type { About, Rule } from '../../../log/reducer/rule.ts'
import type { Header } from '../../../log/reducer/state.ts'

export const messageEdited: Rule<'messaging.message_edited'> = {
  scope: 'target',
  changes(message, event) {
    const { message: target, content, mentions, mentions_all } = event.data
    if (message.id !== target || message.recalled) return message
    if (message.edited !== null && compareIds(message.edited, event.id) >= 0) return message
    return { ...message, content, mentions, mentions_all, edited: event.id }
  },
  header: calledStill,
}

/**
 * An edit calls nobody, but it may take a call back, or give it again to who was called at first. Whether it did so the server
 * knows; here the call goes at once when the edit names me no more.
 */
function calledStill(header: Header, event: EventOf<'messaging.message_edited'>, about: About): Header {
  const { conversation } = header
  const { mention_seq, read_seq, last_seq } = conversation
  if (event.actor === about.me || read_seq >= last_seq) return header
  const seq = about.seqOf(event.data.message)
  const names = event.data.mentions_all || event.data.mentions.includes(about.me)
  if (names) return seq === null || seq > Math.max(read_seq, mention_seq) ? { ...header, stale: true } : header
  if (mention_seq <= read_seq || (seq !== null && seq !== mention_seq)) return header
  if (seq === null) return { ...header, stale: true }
  return { ...header, stale: true, conversation: { ...conversation, mention_seq: 0 } }
}
