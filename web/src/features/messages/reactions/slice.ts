import { compareIds } from '../../../core/api/ids.ts'
import type { Rule } from '../../../log/reducer/rule.ts'
import { slice } from '../../../log/slice.ts'
import { reactionId, setReaction } from './reactions.ts'

const set: Rule<'messaging.reaction_set'> = {
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

export const reactions = slice({ name: 'reactions', rules: { 'messaging.reaction_set': set } })
