import { slice } from '../../../log/slice.ts'
import { messageEdited } from './edited.ts'
import { messageRecalled } from './recalled.ts'
import { messageSent } from './sent.ts'

export const messages = slice({
  name: 'messages',
  rules: {
    'messaging.message_sent': messageSent,
    'messaging.message_edited': messageEdited,
    'messaging.message_recalled': messageRecalled,
  },
})
