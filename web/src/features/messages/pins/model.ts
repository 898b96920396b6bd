/** For tests: what is pinned, as the model of the server has it. */
import type { Id, Pin } from '../../../core/api/contract.ts'
import { compareIds } from '../../../core/api/ids.ts'
import type { Model } from '../../../log/testing/model.ts'
import { kept, type ModelRoom, wins } from '../../../log/testing/model-room.ts'

const pinsOf = (room: ModelRoom) => kept(room, 'pins', () => new Map<Id, Pin>())

export const model: Model = {
  steps: {
    'messaging.pin_set': (room, event) => {
      const { message, present } = event.data
      if (!wins(room, `pin:${message}`, event.id)) return
      pinsOf(room).delete(message)
      if (present) pinsOf(room).set(message, { message, person: event.actor ?? '0', id: event.id })
    },
  },
  page: room => ({
    pins: [...pinsOf(room).values()]
      .filter(({ message }) => room.messages.get(message)?.recalled === null)
      .sort((a, b) => compareIds(b.id, a.id)),
  }),
  turns: [
    {
      share: 8,
      happen({ server, random, conversation, actor, id, anyMessage }) {
        const message = anyMessage()?.id
        if (message) server.add('messaging.pin_set', id(), actor, { conversation, message, present: random() < 0.7 })
      },
    },
  ],
}
