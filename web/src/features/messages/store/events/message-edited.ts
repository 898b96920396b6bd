import { compareIds } from '../../../../core/api/ids.ts'
import type { Rule } from '../log/rule.ts'

export const messageEdited: Rule<'messaging.message_edited'> = {
  scope: 'target',
  changes(message, event) {
    const { message: target, content, mentions, mentions_all } = event.data
    if (message.id !== target || message.recalled) return message
    if (message.edited !== null && compareIds(message.edited, event.id) >= 0) return message
    return { ...message, content, mentions, mentions_all, edited: event.id }
  },
}
