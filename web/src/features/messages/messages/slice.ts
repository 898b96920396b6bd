import type { Windows } from '../../../core/api/contract.ts'
import { SitePart, slice } from '../../../log/slice.ts'
import { messageEdited } from './edited.ts'
import { messageRecalled } from './recalled.ts'
import { messageSent } from './sent.ts'

/** How long a message may be changed by its sender. */
export const windows = new SitePart<Windows>('windows', answer => answer.windows)

export const messages = slice({
  name: 'messages',
  rules: {
    'messaging.message_sent': messageSent,
    'messaging.message_edited': messageEdited,
    'messaging.message_recalled': messageRecalled,
  },
  site: [windows],
})
