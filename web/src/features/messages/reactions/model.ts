/** For tests: reactions as the model of the server has them. */
import { compareIds } from '../../../core/api/ids.ts'
import type { Model } from '../../../log/testing/model.ts'
import { wins } from '../../../log/testing/model-room.ts'
import { pick } from '../../../log/testing/random.ts'

export const model: Model = {
  steps: {
    'messaging.reaction_set': (room, event) => {
      const { message: id, emoji, present } = event.data
      const message = room.messages.get(id)
      if (!message || !wins(room, `${id} ${emoji} ${event.actor}`, event.id)) return
      const flat = message.reactions.flatMap(r =>
        r.people.map((who, i) => ({ emoji: r.emoji, who, id: r.ids[i] ?? '' })),
      )
      const others = flat.filter(entry => entry.emoji !== emoji || entry.who !== event.actor)
      if (present) others.push({ emoji, who: event.actor ?? '0', id: event.id })
      others.sort((a, b) => compareIds(a.id, b.id))
      const emojis = [...new Set(others.map(entry => entry.emoji))]
      const reactions = emojis.map(name => {
        const of = others.filter(entry => entry.emoji === name)
        return { emoji: name, people: of.map(entry => entry.who), ids: of.map(entry => entry.id) }
      })
      room.messages.set(id, { ...message, reactions })
    },
  },
  turns: [
    {
      share: 21,
      happen({ server, random, conversation, actor, id, anyMessage }) {
        const message = anyMessage()?.id
        if (!message) return
        const [emoji, present] = [pick(random, ['👍', '🎉', '好']), random() < 0.65]
        server.add('messaging.reaction_set', id(), actor, { conversation, message, emoji, present })
      },
    },
  ],
}
