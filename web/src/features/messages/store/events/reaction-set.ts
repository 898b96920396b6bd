import { compareIds } from '../../../../core/api/ids.ts'
import { reactionId, setReaction } from '../log/reactions.ts'
import type { Rule } from '../log/rule.ts'

export const reactionSet: Rule<'messaging.reaction_set'> = {
  scope: 'target',
  register: event => `${event.data.message} ${event.data.emoji} ${event.actor}`,
  changes(message, event) {
    const { message: target, emoji, present } = event.data
    if (message.id !== target || message.recalled || event.actor === null) return message
    const held = reactionId(message.reactions, emoji, event.actor)
    if (held === undefined ? !present : compareIds(held, event.id) >= 0) return message
    return { ...message, reactions: setReaction(message.reactions, emoji, event.actor, event.id, present) }
  },
}
