import { noticeOf } from '../../../log/reducer/notice.ts'
import { claim } from '../../../log/reducer/registers.ts'
import type { Rule } from '../../../log/reducer/rule.ts'
import { slice } from '../../../log/slice.ts'
import { conversationCreated } from './created.ts'

const renamed: Rule<'messaging.conversation_renamed'> = {
  makes: (event, about) => noticeOf(event, { type: 'renamed', title: event.data.title }, about),
  header(header, event) {
    const claimed = claim(header, 'title', event)
    return claimed ? { ...claimed, conversation: { ...claimed.conversation, title: event.data.title } } : header
  },
}

/** Conversations, with their titles. */
export const conversations = slice({
  name: 'conversations',
  rules: { 'messaging.conversation_created': conversationCreated, 'messaging.conversation_renamed': renamed },
})
