/** For tests: how a conversation is for me alone, as the model of the server has it. */

import type { Model } from '../../../log/testing/model.ts'
import { wins } from '../../../log/testing/model-room.ts'
import { pick } from '../../../log/testing/random.ts'

export const model: Model = {
  isOwn: true,
  steps: {
    'messaging.conversation_preferences_changed': (room, event) => {
      if (event.actor !== room.me) return
      for (const field of ['muted', 'pinned', 'hidden', 'unread'] as const) {
        const value = event.data[field]
        if (typeof value === 'boolean' && wins(room, field, event.id)) room.shown[field] = value
      }
    },
  },
  turns: [
    {
      share: 2,
      happen({ server, random, conversation, id }) {
        const field = pick(random, ['muted', 'pinned', 'hidden', 'unread'] as const)
        const change = { conversation, [field]: random() < 0.5 }
        server.add('messaging.conversation_preferences_changed', id(), server.me, change)
      },
    },
  ],
}
