import { expect, test } from 'vitest'
import { ModelServer } from '../testing/model-server.ts'
import { textContent } from '../testing/random.ts'
import { applyConversation, withFurtherMembers } from './apply-conversation.ts'
import { applyEvent } from './apply-event.ts'
import { applySync } from './apply-sync.ts'

test('what I read before a later page of members came is not lost: the conversation itself says how far', () => {
  const server = new ModelServer('9', ['1', '2', '9'])
  const [first, second, third] = ['100', '101', '102']
  const members = ['1', '2', '9'].map(person => ({ person, role: 'member' as const }))
  server.add('messaging.conversation_created', first, '1', {
    conversation: '500',
    kind: 'group',
    title: 'Quay',
    members,
  })
  const words = { content: textContent('Hello'), reply_to: null, mentions: [], mentions_all: false }
  server.add('messaging.message_sent', second, '1', { conversation: '500', ...words })
  const begun = server.conversation('500', server.pos, 1)
  let state = applySync(null, server.sync(server.pos))
  const read = server.add('messaging.read_marked', third, '9', { conversation: '500', through: second, shared: true })
  const rest = server.members('500', server.pos, begun?.next ?? '', 10)
  if (!begun || !rest) throw new Error('there is no such conversation')

  state = applyConversation(state, withFurtherMembers(begun, [rest], '9'))
  expect(state.rooms['500']?.header.members?.size).toBe(3)
  expect(state.rooms['500']?.header.conversation.read_seq).toBe(0)
  state = applyEvent(state, read)
  expect(state.rooms['500']?.header.conversation.read_seq).toBe(1)
  expect(state.rooms['500']?.header.members?.get('9')?.read_seq).toBe(1)
})
