import { compareIds } from '../../../core/api/ids.ts'
import type { Rule } from '../../../log/reducer/rule.ts'
import { slice } from '../../../log/slice.ts'

/** My mark on a message; the latest event counts. */
const set: Rule<'messaging.star_set'> = {
  scope: 'target',
  register: ({ data }) => `star ${data.message}`,
  changes(message, { id, data }) {
    if (message.id !== data.message || (message.starred !== null && compareIds(message.starred, id) > 0)) return message
    const starred = data.present ? id : null
    return message.starred === starred ? message : { ...message, starred }
  },
}

/** Messages that I marked for later. */
export const stars = slice({ name: 'stars', rules: { 'messaging.star_set': set } })
