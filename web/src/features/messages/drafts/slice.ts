import { compareIds } from '../../../core/api/ids.ts'
import { claim } from '../../../log/reducer/registers.ts'
import type { Rule } from '../../../log/reducer/rule.ts'
import { slice } from '../../../log/slice.ts'

/** What I began to write in a conversation, as the server has it: the latest event counts. */
const set: Rule<'messaging.draft_set'> = {
  header(header, { id, data }) {
    const { draft } = header.conversation
    const claimed = draft && compareIds(draft.id, id) > 0 ? null : claim(header, 'draft', { id })
    if (!claimed) return header
    const next = data.content && { content: data.content, reply_to: data.reply_to, id }
    return { ...claimed, conversation: { ...claimed.conversation, draft: next } }
  },
}

/** What I began to write, on all my devices. What only this one has is beside the log (`drafts-store.ts`). */
export const drafts = slice({ name: 'drafts', rules: { 'messaging.draft_set': set } })
