import { claim } from '../log/registers.ts'
import type { Rule } from '../log/rule.ts'
import { noticeOf } from './notice.ts'

export const conversationRenamed: Rule<'messaging.conversation_renamed'> = {
  makes: (event, about) => noticeOf(event, { type: 'renamed', title: event.data.title }, about),
  header(header, event) {
    const claimed = claim(header, 'title', event)
    return claimed ? { ...claimed, conversation: { ...claimed.conversation, title: event.data.title } } : header
  },
}
