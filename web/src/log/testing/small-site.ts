/** For tests: a small site with one group, and its events in few words. */
import type { EventData, EventFrame, EventType, Id } from '../../core/api/contract.ts'
import { applyConversation } from '../reducer/apply-conversation.ts'
import { applySync } from '../reducer/apply-sync.ts'
import type { Room, State } from '../reducer/state.ts'
import { ModelServer } from './model-server.ts'
import { textContent } from './random.ts'

/** I am person 1; person 2 owns group 500; a hundred ids lie between two events. */
export function start(): { server: ModelServer; state: State } {
  const server = new ModelServer('1', ['1', '2', '3'])
  server.add('messaging.conversation_created', '1000', '2', {
    conversation: '500',
    kind: 'group',
    title: 'Group',
    members: [
      { person: '2', role: 'owner' },
      { person: '1', role: 'member' },
      { person: '3', role: 'admin' },
    ],
  })
  return { server, state: applyConversation(applySync(null, server.sync(1)), server.conversation('500', 1) as never) }
}

export function event<T extends EventType>(
  pos: number,
  type: T,
  data: EventData[T],
  actor: Id = '2',
  id = `${1000 + pos * 100}`,
) {
  return { t: 'event' as const, pos, id, type, actor, key: null, data }
}

export function sent(pos: number, text: string, actor: Id = '2', more: object = {}, id?: Id): EventFrame {
  const content = textContent(text)
  const data = { conversation: '500', content, reply_to: null, mentions: [], mentions_all: false, ...more }
  return event(pos, 'messaging.message_sent', data, actor, id)
}

export const room = (state: State) => state.rooms['500'] as Room
export const conversation = (state: State) => room(state).header.conversation
export const ids = (state: State) => room(state).live.messages.map(message => message.id)
