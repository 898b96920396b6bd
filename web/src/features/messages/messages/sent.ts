import type { EventOf, Id, Message } from '../../../core/api/contract.ts'
import { compareIds } from '../../../core/api/ids.ts'
import { actorOf } from '../../../log/reducer/actor.ts'
import { freshMessage } from '../../../log/reducer/fresh.ts'
import { lateArrival } from '../../../log/reducer/late.ts'
import { caughtUp, passedBy, withMarks, withRead } from '../../../log/reducer/reading.ts'
import type { About, Rule } from '../../../log/reducer/rule.ts'
import type { Header } from '../../../log/reducer/state.ts'
import { withoutQuoted } from '../../../log/reducer/timeline.ts'

export const messageSent: Rule<'messaging.message_sent'> = {
  makes(event, about) {
    const { conversation, content, reply_to, mentions, mentions_all } = event.data
    const message: Message = {
      ...freshMessage,
      id: event.id,
      conversation,
      sender: actorOf(event),
      seq: about.seq,
      content,
      reply_to,
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
    const read = passedBy(withSender(header, event, about), event.id, about.seq, about.me)
    return shown(withCount(inDoubt(read, event), about.seq, about.isRecalled(event.id), mentioned), event)
  },
}

/** Who writes has read what stands there: here all of it, at another site what had come to that one. */
function withSender(header: Header, event: EventOf<'messaging.message_sent'>, about: About): Header {
  const { id, actor, site, data } = event
  if (actor === null) return header
  if (site === undefined) return withRead(header, actor, about.seq, about.me)
  return caughtUp(withMarks(header, actor, [id, ...(data.seen ?? [])], event, about.me), actor, about)
}

/** It calls me, unless it was recalled before it came. */
function withCount(header: Header, seq: number, isRecalled: boolean, mentioned: boolean): Header {
  const { conversation } = header
  if (isRecalled) {
    const recalled_seqs = [...conversation.recalled_seqs.filter(other => other !== seq), seq].sort((a, b) => a - b)
    return { ...header, conversation: { ...conversation, recalled_seqs } }
  }
  if (!mentioned) return header
  return { ...header, conversation: { ...conversation, mention_seq: Math.max(conversation.mention_seq, seq) } }
}

/** What comes late from another site may have been changed by what was here before this client fetched. */
function inDoubt(header: Header, event: EventOf<'messaging.message_sent'>): Header {
  const isLate = event.site !== undefined && compareIds(event.id, header.newest) < 0
  return isLate ? { ...header, stale: true } : header
}

/** A message written after I hid the conversation brings it back. */
function shown(header: Header, event: { id: Id }): Header {
  if (!header.conversation.hidden) return header
  const hiddenBy = header.registers.hidden
  if (hiddenBy !== undefined && compareIds(hiddenBy, event.id) > 0) return header
  const late = hiddenBy === undefined && compareIds(event.id, header.newest) < 0
  return { ...header, stale: header.stale || late, conversation: { ...header.conversation, hidden: false } }
}
