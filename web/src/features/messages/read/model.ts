/** For tests: what was read, as the model of the server has it. */

import type { Model } from '../../../log/testing/model.ts'
import { mark, read } from '../../../log/testing/model-room.ts'
import { pick } from '../../../log/testing/random.ts'

export const model: Model = {
  steps: {
    'messaging.read_marked': (room, event) => {
      const message = room.messages.get(event.data.through)
      if (event.site) mark(room, event, event.data.seen ?? [event.data.through])
      else if (message) read(room, event.actor, message.seq)
    },
  },
  turns: [
    {
      share: 5,
      happen({ server, random, conversation, actor, id, seen }) {
        const message = pick(random, server.allMessages(conversation))
        if (!message) return
        server.add('messaging.read_marked', id(), actor, { conversation, through: message.id, shared: true, ...seen() })
      },
    },
  ],
}
