/** For tests: flags on messages, as the model of the server has them. */
import type { EventFrame, Flag, Id } from '../../core/api/contract.ts'
import { flagsSet } from '../../core/api/generated.ts'
import { compareIds } from '../../core/api/ids.ts'
import type { Model } from './model.ts'
import { kept, type ModelRoom, wins } from './model-room.ts'

const types = Object.keys(flagsSet) as (keyof typeof flagsSet)[]
const flagsOf = (room: ModelRoom, name: string) => kept(room, name, () => new Map<Id, Flag>())

const shown = (room: ModelRoom, name: string) =>
  [...flagsOf(room, name).values()]
    .filter(({ message }) => room.messages.get(message)?.recalled === null)
    .sort((a, b) => compareIds(b.id, a.id))

const steps = types.map(type => [
  type,
  (room: ModelRoom, event: EventFrame & { data: { message: Id; present: boolean } }) => {
    const { message, present } = event.data
    if (!wins(room, `${type}:${message}`, event.id)) return
    flagsOf(room, flagsSet[type]).delete(message)
    if (present) flagsOf(room, flagsSet[type]).set(message, { message, person: event.actor ?? '0', id: event.id })
  },
])

export const model: Model = {
  steps: Object.fromEntries(steps),
  page: room => ({ flags: Object.fromEntries(Object.values(flagsSet).map(name => [name, shown(room, name)])) }),
  turns: types.map(type => ({
    share: 8,
    happen({ server, random, conversation, actor, id, anyMessage }) {
      const message = anyMessage()?.id
      if (message) server.add(type, id(), actor, { conversation, message, present: random() < 0.7 })
    },
  })),
}
