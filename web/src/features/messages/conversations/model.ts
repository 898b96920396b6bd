/** For tests: conversations as the model of the server has them. */

import { compareIds } from '../../../core/api/ids.ts'
import type { Model } from '../../../log/testing/model.ts'
import { notice, wins } from '../../../log/testing/model-room.ts'

export const model: Model = {
  steps: {
    'messaging.conversation_created': (room, event) => {
      room.kind = event.data.kind
      room.title = { text: event.data.title, id: event.id }
      room.created = event.id
      for (const { person, role } of event.data.members) {
        wins(room, `member:${person}`, event.id)
        room.members.set(person, { person, role, joined: event.id, read_seq: 0, marks: [] })
      }
      if (room.kind === 'group') notice(room, event, { type: 'created', title: event.data.title })
    },
    'messaging.conversation_renamed': (room, event) => {
      notice(room, event, { type: 'renamed', title: event.data.title })
      if (compareIds(event.id, room.title.id) > 0) room.title = { text: event.data.title, id: event.id }
    },
  },
  turns: [
    {
      share: 2,
      happen({ server, random, people, actor, id }) {
        const conversation = id()
        const members = people.filter(person => person === actor || random() < 0.6)
        server.add('messaging.conversation_created', conversation, actor, {
          conversation,
          kind: 'group',
          title: `Group ${conversation}`,
          members: members.map(person => ({ person, role: person === actor ? 'owner' : 'member' })),
        })
      },
    },
    {
      share: 3,
      happen({ server, kind, conversation, actor, id }) {
        const title = `Title ${server.pos}`
        if (kind === 'group') server.add('messaging.conversation_renamed', id(), actor, { conversation, title })
      },
    },
  ],
}
