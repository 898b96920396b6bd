import { compareIds } from '../../../../core/api/ids.ts'
import { actorOf } from '../log/actor.ts'
import type { Rule } from '../log/rule.ts'
import { withoutQuoted } from '../log/timeline.ts'

/** The message keeps its place and number; what it said goes, from every quote of it too. The first recall counts. */
export const messageRecalled: Rule<'messaging.message_recalled'> = {
  scope: 'all',
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
