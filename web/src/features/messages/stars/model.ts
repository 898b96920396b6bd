/** For tests: what I marked for later, as the model of the server has it. */
import type { Model } from '../../../log/testing/model.ts'
import { wins } from '../../../log/testing/model-room.ts'

export const model: Model = {
  isOwn: true,
  steps: {
    'messaging.star_set': (room, event) => {
      const { message, present, person } = event.data
      if (person === room.me && wins(room, `star:${message}`, event.id))
        room.added.set(message, { starred: present ? event.id : null })
    },
  },
  turns: [
    {
      share: 6,
      happen({ server, random, conversation, actor, id, anyMessage }) {
        const message = anyMessage()?.id
        const data = { person: actor, conversation, message: message ?? '', present: random() < 0.65 }
        if (message) server.add('messaging.star_set', id(), actor, data)
      },
    },
  ],
}
