import { compareIds } from '../../../../core/api/ids.ts'
import type { Id, Message } from '../../../../core/api/types.ts'
import { lateArrival } from '../log/late.ts'
import type { Rule } from '../log/rule.ts'
import type { Header } from '../log/state.ts'
import { withoutQuoted } from '../log/timeline.ts'
import { withRead } from './membership.ts'

export const messageSent: Rule<'messaging.message_sent'> = {
  makes(event, about) {
    const { conversation, content, reply_to, mentions, mentions_all } = event.data
    const message: Message = {
      id: event.id,
      conversation,
      sender: event.actor ?? '0',
      seq: about.seq,
      kind: 'text',
      content,
      notice: null,
      reply_to,
      edited: null,
      recalled: null,
      reactions: [],
      mentions,
      mentions_all,
      arrived: lateArrival(event),
    }
    return reply_to && about.isRecalled(reply_to.id) ? withoutQuoted(message) : message
  },
  header(header, event, about) {
    const { mentions, mentions_all } = event.data
    const mine = event.actor === about.me
    const mentioned = !mine && (mentions_all || mentions.includes(about.me))
    const read = event.actor ? withRead(header, event.actor, about.seq, about.me) : header
    return shown(mentioned ? withMention(read, about.seq) : read, event)
  },
}

function withMention(header: Header, seq: number): Header {
  const { conversation } = header
  return { ...header, conversation: { ...conversation, mention_seq: Math.max(conversation.mention_seq, seq) } }
}

/** A message written after I hid the conversation brings it back. */
function shown(header: Header, event: { id: Id }): Header {
  if (!header.conversation.hidden) return header
  const hiddenBy = header.registers.hidden
  if (hiddenBy !== undefined && compareIds(hiddenBy, event.id) > 0) return header
  const late = hiddenBy === undefined && compareIds(event.id, header.newest) < 0
  return { ...header, stale: header.stale || late, conversation: { ...header.conversation, hidden: false } }
}
