/** For tests: what I began to write, as the model of the server has it. */
import type { Model } from '../../../log/testing/model.ts'
import { wins } from '../../../log/testing/model-room.ts'
import { textContent } from '../../../log/testing/random.ts'

export const model: Model = {
  isOwn: true,
  steps: {
    'messaging.draft_set': (room, event) => {
      const { person, content, reply_to } = event.data
      if (person !== room.me || !wins(room, 'draft', event.id)) return
      room.shown.draft = content && { content, reply_to, id: event.id }
    },
  },
  turns: [
    {
      share: 6,
      happen({ server, random, conversation, actor, id, anyMessage }) {
        const content = random() < 0.7 ? textContent(`Draft ${server.pos}`) : null
        const reply_to = content && random() < 0.3 ? (anyMessage()?.id ?? null) : null
        server.add('messaging.draft_set', id(), actor, {
          person: actor,
          conversation,
          content,
          reply_to,
          follows: null,
        })
      },
    },
  ],
}
