import type { Message } from '../../../../core/api/types.ts'
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
    }
    return reply_to && about.isRecalled(reply_to.id) ? withoutQuoted(message) : message
  },
  header(header, event, about) {
    const { mentions, mentions_all } = event.data
    const mine = event.actor === about.me
    const mentioned = !mine && (mentions_all || mentions.includes(about.me))
    const read = event.actor ? withRead(header, event.actor, about.seq, about.me) : header
    return shown(mentioned ? withMention(read, about.seq) : read)
  },
}

function withMention(header: Header, seq: number): Header {
  const { conversation } = header
  return { ...header, conversation: { ...conversation, mention_seq: Math.max(conversation.mention_seq, seq) } }
}

/** A new message brings a hidden conversation back. */
function shown(header: Header): Header {
  return header.conversation.hidden ? { ...header, conversation: { ...header.conversation, hidden: false } } : header
}
