/** For tests: messages as the model of the server has them. */
import { compareIds } from '../../../core/api/ids.ts'
import type { Model } from '../../../log/testing/model.ts'
import { emptyMessage, mark, read } from '../../../log/testing/model-room.ts'
import { pick, textContent } from '../../../log/testing/random.ts'

export const model: Model = {
  steps: {
    'messaging.message_sent': (room, event) => {
      const { content, mentions, mentions_all } = event.data
      room.seq += 1
      room.messages.set(event.id, {
        ...emptyMessage(room, event),
        content,
        mentions,
        mentions_all,
        reply_to: event.data.reply_to,
      })
      if (event.site) mark(room, event, [event.id, ...(event.data.seen ?? [])])
      else read(room, event.actor, room.seq)
      if (event.actor !== room.me && (mentions_all || mentions.includes(room.me))) room.calls.set(event.id, room.seq)
      if (compareIds(event.id, room.lastText) > 0) room.lastText = event.id
    },
    'messaging.message_edited': (room, event) => {
      const before = room.namesMe.get(event.data.message)
      if (!before || compareIds(event.id, before.by) > 0) {
        const names = event.data.mentions_all || event.data.mentions.includes(room.me)
        room.namesMe.set(event.data.message, { by: event.id, names })
      }
      const message = room.messages.get(event.data.message)
      if (!message || (message.edited && compareIds(message.edited, event.id) > 0)) return
      const { content, mentions, mentions_all } = event.data
      room.messages.set(message.id, { ...message, content, mentions, mentions_all, edited: event.id })
    },
    'messaging.message_recalled': (room, event) => {
      const message = room.messages.get(event.data.message)
      if (!message || (message.recalled && compareIds(message.recalled.id, event.id) < 0)) return
      room.messages.set(message.id, { ...message, recalled: { by: event.actor ?? '0', id: event.id } })
    },
  },
  turns: [
    {
      share: 40,
      happen({ server, random, people, conversation, actor, id, anyMessage, seen }) {
        const quoted = random() < 0.3 ? anyMessage() : null
        const message = id()
        server.add('messaging.message_sent', message, actor, {
          conversation,
          content: textContent(`Message ${message}`),
          reply_to: quoted && {
            id: quoted.id,
            sender: quoted.sender,
            text: quoted.recalled ? '' : 'quoted',
            recalled: quoted.recalled !== null,
          },
          mentions: random() < 0.2 ? [pick(random, people)] : [],
          mentions_all: random() < 0.05,
          ...seen(),
        })
      },
    },
    {
      share: 9,
      happen({ server, conversation, id, anyMessage }) {
        const message = anyMessage()
        if (!message) return
        server.add('messaging.message_edited', id(), message.sender, {
          conversation,
          message: message.id,
          content: textContent(`Edited ${server.pos}`),
          mentions: [],
          mentions_all: false,
        })
      },
    },
    {
      share: 5,
      happen({ server, conversation, actor, id, anyMessage }) {
        const message = anyMessage()
        if (message) server.add('messaging.message_recalled', id(), actor, { conversation, message: message.id })
      },
    },
  ],
}
