/**
 * `npm run bench:log`: what one event costs in the reducer of the log, in milliseconds, by the size of the group that it is in.
 * The group has the newest 200 messages held and everybody as a member, as when it is open on the screen.
 */
import { performance } from 'node:perf_hooks'
import type { EventFrame, Id, Member } from '../src/core/api/contract.ts'
import { installSlices } from '../src/log/installed.ts'
import { applyConversation } from '../src/log/reducer/apply-conversation.ts'
import { applyEvent } from '../src/log/reducer/apply-event.ts'
import { applySync } from '../src/log/reducer/apply-sync.ts'
import type { State } from '../src/log/reducer/state.ts'
import { ModelServer } from '../src/log/testing/model-server.ts'
import { textContent } from '../src/log/testing/random.ts'
import { slices } from './slices.ts'

const sizes = [100, 1_000, 5_000]
const warmUp = 300
const measured = 1_000
const begun = 10_000_000

installSlices(slices)

const kinds = {
  message: (number: number, size: number) => ({
    type: 'messaging.message_sent',
    actor: memberAt(number % size),
    data: { content: textContent('Hello'), reply_to: null, mentions: [], mentions_all: false },
  }),
  'read mark': (number: number, size: number) => ({
    type: 'messaging.read_marked',
    actor: memberAt((number * 7) % size),
    data: { through: messageAt(100 + (number % 100)) },
  }),
  reaction: (number: number, size: number) => ({
    type: 'messaging.reaction_set',
    actor: memberAt(number % size),
    data: { message: messageAt(150), emoji: '👍', present: true },
  }),
}

console.log(['members', ...Object.keys(kinds)].map(word => word.padStart(12)).join(''))
for (const size of sizes) {
  const costs = Object.values(kinds).map(make => costOf(stateOf(size), number => make(number, size)))
  console.log([String(size), ...costs.map(ms => ms.toFixed(3))].map(word => word.padStart(12)).join(''))
}

/** The median of what one event costs, ms. */
function costOf(start: State, make: (number: number) => Pick<EventFrame, 'type' | 'actor'> & { data: object }): number {
  let state = start
  const times: number[] = []
  for (let number = 0; number < warmUp + measured; number++) {
    const { type, actor, data } = make(number)
    const [pos, id] = [state.pos + 1, String(begun + 100_000 + number * 10)]
    const event: EventFrame = { t: 'event', pos, id, type, actor, key: null, data: { conversation: '500', ...data } }
    const before = performance.now()
    state = applyEvent(state, event)
    if (number >= warmUp) times.push(performance.now() - before)
  }
  return times.sort((a, b) => a - b)[measured >> 1] ?? 0
}

function stateOf(size: number): State {
  const server = new ModelServer('1', ['1'])
  const members = Array.from({ length: size }, (_, index) => ({ person: memberAt(index), role: 'member' as const }))
  const created = { conversation: '500', kind: 'group' as const, title: 'Group', members }
  server.add('messaging.conversation_created', '1000', '1', created)
  const fetched = server.conversation('500', 1)
  if (!fetched) throw new Error('The model has no group')
  const lines = fetched.members.map((member): Member => ({ ...member, joined: '1000', read_seq: 0 }))
  let state = applyConversation(applySync(null, server.sync(1)), { ...fetched, members: lines })
  for (let number = 0; number < 200; number++) {
    const data = { conversation: '500', content: textContent('Hi'), reply_to: null, mentions: [], mentions_all: false }
    const type = 'messaging.message_sent'
    state = applyEvent(state, {
      t: 'event',
      pos: state.pos + 1,
      id: messageAt(number),
      type,
      actor: '1',
      key: null,
      data,
    })
  }
  return state
}

function memberAt(index: number): Id {
  return index === 0 ? '1' : String(100_000_000_000_000_000n + BigInt(index) * 4_194_304n)
}

function messageAt(number: number): Id {
  return String(begun + number * 10)
}
