import { compareIds } from '../../../core/api/ids.ts'
import { claim } from '../../../log/reducer/registers.ts'
import type { Rule } from '../../../log/reducer/rule.ts'
import { slice } from '../../../log/slice.ts'

const fields = ['muted', 'pinned', 'hidden', 'unread'] as const

/** My own marks on a conversation; each field for itself. What was hidden before a message came is not hidden. */
const changed: Rule<'messaging.conversation_preferences_changed'> = {
  header(header, event) {
    return fields.reduce((before, field) => {
      const value = event.data[field]
      if (value === undefined || value === null) return before
      const claimed = claim(before, field, event)
      const overtaken = field === 'hidden' && compareIds(event.id, before.newest) < 0
      if (claimed && overtaken) return { ...claimed, stale: true }
      return claimed ? { ...claimed, conversation: { ...claimed.conversation, [field]: value } } : before
    }, header)
  },
}

/** How a conversation is for me alone. */
export const conversationPreferences = slice({
  name: 'preferences',
  rules: { 'messaging.conversation_preferences_changed': changed },
})
