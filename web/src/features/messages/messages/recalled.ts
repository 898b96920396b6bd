import type { Id } from '../../../core/api/contract.ts'
import { compareIds } from '../../../core/api/ids.ts'
import { actorOf } from '../../../log/reducer/actor.ts'
import type { About, Rule } from '../../../log/reducer/rule.ts'
import type { Header } from '../../../log/reducer/state.ts'
import { withoutQuoted } from '../../../log/reducer/timeline.ts'

/** What was recalled before I read it is not counted, and calls me no more; whether another call is left only the server knows. */
function uncounted(header: Header, target: Id, about: About): Header {
  const { conversation } = header
  const { read_seq, last_seq, mention_seq, recalled_seqs } = conversation
  if (read_seq >= last_seq) return header
  const seq = about.seqOf(target)
  if (seq === null) return { ...header, stale: true }
  if (seq <= read_seq || recalled_seqs.includes(seq)) return header
  const recalled = [...recalled_seqs, seq].sort((a, b) => a - b)
  if (seq !== mention_seq) return { ...header, conversation: { ...conversation, recalled_seqs: recalled } }
  return { ...header, stale: true, conversation: { ...conversation, recalled_seqs: recalled, mention_seq: 0 } }
}

/** The message keeps its place and number; what it said goes, from every quote of it too. The first recall counts. */
export const messageRecalled: Rule<'messaging.message_recalled'> = {
  scope: 'all',
  header: (header, event, about) => uncounted(header, event.data.message, about),
  changes(message, event) {
    const target = event.data.message
    if (message.reply_to?.id === target && !message.reply_to.recalled) return withoutQuoted(message)
    if (message.id !== target) return message
    if (message.recalled && compareIds(message.recalled.id, event.id) <= 0) return message
    return {
      ...message,
      content: null,
      reply_to: null,
      edited: null,
      recalled: { by: actorOf(event), id: event.id },
      reactions: [],
      mentions: [],
      mentions_all: false,
    }
  },
}
