import { describe, expect, test } from 'vitest'
import type { EventData, EventFrame, EventType } from '../../../../core/api/events.ts'
import type { Id, Person, Unit } from '../../../../core/api/types.ts'
import { textContent } from '../testing/history.ts'
import { ModelServer } from '../testing/model-server.ts'
import { applyConversation } from './apply-conversation.ts'
import { applyEvent, applyEvents, applyPosition } from './apply-event.ts'
import { applyMessages, leaveDetour, trimRoom } from './apply-messages.ts'
import { applyMe, applyPeople, applyUnits } from './apply-org.ts'
import { applySync } from './apply-sync.ts'
import { rules } from './rules.ts'
import { type Room, recentCap, type State, timelineCap } from './state.ts'

/** I am person 1; person 2 owns group 500; a hundred ids lie between two events. */
function start(): { server: ModelServer; state: State } {
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

function event<T extends EventType>(
  pos: number,
  type: T,
  data: EventData[T],
  actor: Id = '2',
  id = `${1000 + pos * 100}`,
) {
  return { t: 'event' as const, pos, id, type, actor, key: null, data }
}

function sent(pos: number, text: string, actor: Id = '2', more: object = {}, id?: Id): EventFrame {
  const content = textContent(text)
  const data = { conversation: '500', content, reply_to: null, mentions: [], mentions_all: false, ...more }
  return event(pos, 'messaging.message_sent', data, actor, id)
}

const room = (state: State) => state.rooms['500'] as Room
const conversation = (state: State) => room(state).header.conversation
const ids = (state: State) => room(state).live.messages.map(message => message.id)

const unit = (id: Id, name: string): Unit => ({
  id,
  name,
  parent: null,
  kind: 'company',
  path: 'r.',
  rank: 0,
  people: 3,
})

describe('positions', () => {
  test('an event that is in already changes nothing', () => {
    const { state } = start()
    const once = applyEvent(state, sent(2, 'a'))
    expect(applyEvent(once, sent(2, 'a'))).toBe(once)
    expect(applyEvents(once, [sent(1, 'b'), sent(2, 'c')])).toBe(once)
  })

  test('an unknown type moves the position and nothing else', () => {
    const { state } = start()
    const unknown = {
      t: 'event' as const,
      pos: 9,
      id: '9999',
      type: 'tasks.task_added',
      actor: '2',
      key: null,
      data: {},
    }
    expect(applyEvent(state, unknown)).toEqual({ ...state, pos: 9 })
    expect(applyPosition(state, 12).pos).toBe(12)
    expect(applyPosition(state, 0)).toBe(state)
  })

  test('the state before is never touched', () => {
    const { state } = start()
    const copy = structuredClone(state)
    applyEvents(state, [
      sent(2, 'a'),
      sent(3, 'b', '1'),
      event(4, 'messaging.read_marked', { conversation: '500', through: '1200' }),
    ])
    expect(state).toEqual(copy)
  })

  test('every type of the protocol has a rule', () => {
    expect(Object.keys(rules)).toHaveLength(26)
  })
})

describe('messages', () => {
  test('stand in the order of their ids and are numbered in the order they came', () => {
    const { state } = start()
    const after = applyEvents(state, [sent(2, 'b', '2', {}, '3000'), sent(3, 'a', '2', {}, '2000')])
    expect(room(after).live.messages.map(({ id, seq }) => [id, seq])).toEqual([
      ['1000', 0],
      ['2000', 2],
      ['3000', 1],
    ])
    expect(conversation(after)).toMatchObject({ last_seq: 2, read_seq: 0, last_message: { id: '3000' } })
  })

  test('of mine are read by me, those of others are not', () => {
    const { state } = start()
    const after = applyEvents(state, [sent(2, 'a'), sent(3, 'b', '1'), sent(4, 'c')])
    expect(conversation(after)).toMatchObject({ last_seq: 3, read_seq: 2 })
    expect(room(after).header.members?.['1']?.read_seq).toBe(2)
    expect(room(after).header.members?.['2']?.read_seq).toBe(3)
  })

  test('that mention me or all are remembered by number, mine are not', () => {
    const { state } = start()
    const mention = (pos: number, actor: Id, more: object) =>
      conversation(applyEvent(state, sent(pos, 'a', actor, more))).mention_seq
    expect(mention(2, '2', { mentions: ['1'] })).toBe(1)
    expect(mention(2, '2', { mentions_all: true })).toBe(1)
    expect(mention(2, '2', { mentions: ['3'] })).toBe(0)
    expect(mention(2, '1', { mentions_all: true })).toBe(0)
  })

  test('recalled lose what they said, in every quote and in the list, too', () => {
    const { state } = start()
    const reply_to = { id: '1200', sender: '2', text: 'a', recalled: false }
    const after = applyEvents(state, [
      sent(2, 'a', '2', { mentions: ['1'] }),
      sent(3, 'b', '2', { reply_to }),
      event(4, 'messaging.message_recalled', { conversation: '500', message: '1200' }),
    ])
    expect(room(after).live.messages[1]).toMatchObject({
      content: null,
      mentions: [],
      recalled: { by: '2', id: '1400' },
      seq: 1,
    })
    expect(conversation(after).last_message?.reply_to).toEqual({ ...reply_to, text: '', recalled: true })
    expect(conversation(after)).toMatchObject({ last_seq: 2, mention_seq: 1 })
  })

  test('that answer one recalled a moment before do not show it', () => {
    const { state } = start()
    const after = applyEvents(state, [
      sent(2, 'a'),
      event(3, 'messaging.message_recalled', { conversation: '500', message: '1200' }),
      sent(4, 'b', '3', { reply_to: { id: '1200', sender: '2', text: 'a', recalled: false } }),
    ])
    expect(conversation(after).last_message?.reply_to).toMatchObject({ text: '', recalled: true })
  })

  test('changed before they came are changed when they come', () => {
    const { state } = start()
    const target = { conversation: '500', message: '1250' }
    const after = applyEvents(state, [
      event(2, 'messaging.message_edited', {
        ...target,
        content: textContent('new'),
        mentions: [],
        mentions_all: false,
      }),
      event(3, 'messaging.reaction_set', { ...target, emoji: '👍', present: true }),
      sent(4, 'old', '2', {}, '1250'),
    ])
    expect(room(after).live.messages[1]).toMatchObject({
      content: textContent('new'),
      edited: '1200',
      reactions: [{ emoji: '👍', people: ['2'], ids: ['1300'] }],
    })
  })

  test('keep the last edit by id', () => {
    const { state } = start()
    const edit = (pos: number, text: string, id: Id) =>
      event(
        pos,
        'messaging.message_edited',
        { conversation: '500', message: '1200', content: textContent(text), mentions: [], mentions_all: false },
        '2',
        id,
      )
    const after = applyEvents(state, [sent(2, 'a'), edit(3, 'last', '1900'), edit(4, 'first', '1800')])
    expect(conversation(after).last_message).toMatchObject({ content: textContent('last'), edited: '1900' })
  })
})

describe('reactions', () => {
  const react = (pos: number, emoji: string, actor: Id, present = true, id?: Id) =>
    event(pos, 'messaging.reaction_set', { conversation: '500', message: '1200', emoji, present }, actor, id)
  const after = (...events: EventFrame[]) =>
    conversation(applyEvents(start().state, [sent(2, 'a'), ...events])).last_message?.reactions

  test('stand in the order of the first of each emoji that is still there', () => {
    expect(after(react(3, '👍', '1'), react(4, '🎉', '2'), react(5, '👍', '3'))).toEqual([
      { emoji: '👍', people: ['1', '3'], ids: ['1300', '1500'] },
      { emoji: '🎉', people: ['2'], ids: ['1400'] },
    ])
    expect(after(react(3, '👍', '1'), react(4, '🎉', '2'), react(5, '👍', '3'), react(6, '👍', '1', false))).toEqual([
      { emoji: '🎉', people: ['2'], ids: ['1400'] },
      { emoji: '👍', people: ['3'], ids: ['1500'] },
    ])
  })

  test('taken back by a later event stay away, whichever came first', () => {
    expect(after(react(3, '👍', '1', false, '1900'), react(4, '👍', '1', true, '1800'))).toEqual([])
  })
})

describe('membership', () => {
  test('is made, changed and ended with a notice each', () => {
    const { state } = start()
    const of = { conversation: '500' }
    const after = applyEvents(state, [
      sent(2, 'a'),
      event(3, 'messaging.members_added', { ...of, people: ['4'] }),
      event(4, 'messaging.member_role_changed', { ...of, person: '4', role: 'admin' }),
      event(5, 'messaging.owner_changed', { ...of, person: '1' }),
      event(6, 'messaging.member_removed', { ...of, person: '2' }, '2'),
      event(7, 'messaging.member_removed', { ...of, person: '3' }, '1'),
      event(8, 'messaging.conversation_renamed', { ...of, title: 'New' }, '1'),
    ])
    expect(
      room(after)
        .live.messages.slice(2)
        .map(message => message.notice),
    ).toEqual([
      { type: 'added', people: ['4'] },
      { type: 'role', person: '4', role: 'admin' },
      { type: 'owner', person: '1' },
      { type: 'left' },
      { type: 'removed', person: '3' },
      { type: 'renamed', title: 'New' },
    ])
    expect(conversation(after)).toMatchObject({ title: 'New', members: 2, my_role: 'owner', last_seq: 1 })
    expect(room(after).header.members).toMatchObject({
      1: { role: 'owner' },
      4: { role: 'admin', joined: '1300', read_seq: 1 },
    })
  })

  test('that ends for me takes the conversation away, and no late answer brings it back', () => {
    const { server, state } = start()
    const late = server.conversation('500', 1)
    const after = applyEvent(state, event(2, 'messaging.member_removed', { conversation: '500', person: '1' }))
    expect(after.rooms).toEqual({})
    expect(late && applyConversation(after, late)).toBe(after)
  })

  test('that begins for me asks for the conversation, and brings the answer up to date', () => {
    const server = new ModelServer('1', ['1', '2'])
    const state = applySync(null, server.sync(0))
    server.add('messaging.conversation_created', '1000', '2', {
      conversation: '500',
      kind: 'group',
      title: 'Group',
      members: [{ person: '2', role: 'owner' }],
    })
    const added = server.add('messaging.members_added', '1100', '2', { conversation: '500', people: ['1'] })
    const answer = server.conversation('500', 2)
    const text = server.add(
      'messaging.message_sent',
      '1200',
      '2',
      (sent(3, 'a') as never as { data: EventData['messaging.message_sent'] }).data,
    )
    const waiting = applyEvents(state, [added, text])
    expect(Object.keys(waiting.wanted.conversations)).toEqual(['500'])
    const after = applyConversation(waiting, answer as never)
    expect(after.wanted.conversations).toEqual({})
    expect(conversation(after)).toEqual(server.conversation('500', 3)?.conversation)
  })
})

describe('read marks', () => {
  const marked = (pos: number, through: Id, actor: Id) =>
    event(pos, 'messaging.read_marked', { conversation: '500', through }, actor)

  test('move forward only', () => {
    const { state } = start()
    const after = applyEvents(state, [
      sent(2, 'a'),
      sent(3, 'b'),
      marked(4, '1300', '1'),
      marked(5, '1200', '1'),
      marked(6, '1300', '3'),
    ])
    expect(conversation(after).read_seq).toBe(2)
    expect(room(after).header.members?.['3']?.read_seq).toBe(2)
  })

  test('through a message that is not held ask for the conversation', () => {
    const { state } = start()
    const after = applyEvents(state, [sent(2, 'a'), marked(3, '900', '1')])
    expect(Object.keys(after.wanted.conversations)).toEqual(['500'])
  })
})

describe('what I set', () => {
  test('on a conversation: each field for itself, the latest by id', () => {
    const { state } = start()
    const set = (pos: number, change: object, id?: Id) =>
      event(pos, 'messaging.conversation_preferences_changed', { conversation: '500', ...change }, '1', id)
    const after = applyEvents(state, [
      set(2, { muted: true, pinned: true }, '1900'),
      set(3, { muted: false }, '1800'),
      set(4, { hidden: true }),
    ])
    expect(conversation(after)).toMatchObject({ muted: true, pinned: true })
    const shown = applyEvents(state, [set(2, { hidden: true }), sent(3, 'a')])
    expect(conversation(shown).hidden).toBe(false)
    expect(conversation(applyEvent(state, set(2, { hidden: true }))).hidden).toBe(true)
  })

  test('for myself', () => {
    const { state } = start()
    const set = (pos: number, change: object, id: Id) => event(pos, 'identity.preferences_changed', change, '1', id)
    const after = applyEvents(state, [
      set(2, { theme: 'dark', text_scale: 110 }, '1900'),
      set(3, { theme: 'light' }, '1800'),
    ])
    expect(after.me.preferences).toMatchObject({ theme: 'dark', text_scale: 110, locale: 'en' })
  })
})

describe('people and units', () => {
  test('a changed person shows at once; what the server works out is fetched', () => {
    const { state } = start()
    const title = applyEvent(state, event(2, 'org.person_changed', { person: '2', title: 'Lead' }))
    expect(title.people['2']).toMatchObject({ title: 'Lead', name: 'Person 2' })
    expect(title).toMatchObject({ orgPos: 2, wanted: { people: {}, me: false } })
    const name = applyEvent(state, event(2, 'org.person_changed', { person: '2', name: '李' }))
    expect(name.wanted.people).toEqual({ 2: true })
    const answered = applyPeople(name, ['2'], [{ ...(name.people['2'] as Person), pinyin: 'li' }])
    expect(answered.wanted.people).toEqual({})
    expect(answered.people['2']).toMatchObject({ name: '李', pinyin: 'li' })
  })

  test('I am a person, too', () => {
    const { state } = start()
    const after = applyEvent(state, event(2, 'org.person_changed', { person: '1', phone: '123', unit: '9' }))
    expect(after.me.person).toMatchObject({ phone: '123', unit: '9' })
    expect(after.wanted.me).toBe(true)
    expect(applyMe(after, state.me)).toMatchObject({ me: state.me, wanted: { me: false } })
  })

  test('the deactivated are no longer active, until they are again', () => {
    const { state } = start()
    const gone = applyEvent(state, event(2, 'org.person_deactivated', { person: '2' }))
    expect(gone.people['2']?.active).toBe(false)
    expect(applyEvent(gone, event(3, 'org.person_reactivated', { person: '2' })).people['2']?.active).toBe(true)
  })

  test('units change where they are held', () => {
    const { state } = start()
    const held = applyUnits(state, [unit('3', 'Acme'), unit('4', 'Sales')])
    const renamed = applyEvent(held, event(2, 'org.unit_changed', { unit: '3', name: 'Acme 2', rank: 7 }))
    expect(renamed.units?.['3']).toMatchObject({ name: 'Acme 2', rank: 7 })
    expect(renamed.company?.name).toBe('Acme 2')
    expect(renamed.wanted.units).toBe(false)
    expect(applyEvent(held, event(2, 'org.unit_removed', { unit: '4' })).units).not.toHaveProperty('4')
    const added = event(2, 'org.unit_added', { unit: '5', parent: '3', name: 'New', kind: 'team' as const, rank: 0 })
    expect(applyEvent(held, added).wanted.units).toBe(true)
    expect(applyEvent(state, added).wanted.units).toBe(false)
    const moved = applyEvent(held, event(2, 'org.unit_changed', { unit: '4', parent: '9' }))
    expect(moved.wanted).toMatchObject({ units: true, me: true, people: { 1: true, 2: true, 3: true } })
    const joined = { person: '9', name: 'N', title: '', unit: '3', units: [], email: '', phone: '' }
    expect(applyEvent(held, event(2, 'org.person_added', joined)).wanted.units).toBe(true)
  })

  test('what I may do is fetched when a grant changes', () => {
    const { state } = start()
    const given = event(2, 'identity.grant_given', { grant: '8', person: '1', role: 'admin', unit: '3' })
    expect(applyEvent(state, given).wanted.me).toBe(true)
    expect(applyEvent(state, event(2, 'identity.grant_revoked', { grant: '8' })).wanted.me).toBe(true)
  })

  test('my session ends when it is revoked, not when another is', () => {
    const { state } = start()
    const revoked = (session: Id) => applyEvent(state, event(2, 'identity.session_revoked', { session })).ended
    expect(revoked(state.me.session)).toBe(true)
    expect(revoked('12')).toBe(false)
  })
})

describe('memory', () => {
  const many = (count: number) =>
    Array.from({ length: count }, (_, index) => sent(index + 2, `${index}`, '2', {}, `${10_000 + index}`))

  test('a busy conversation keeps the newest messages, and knows that older ones exist', () => {
    const { state } = start()
    const after = applyEvents(state, many(timelineCap * 2))
    expect(room(after).live.messages.length).toBeLessThanOrEqual(timelineCap * 1.25)
    expect(room(after).live.from).toBe(ids(after)[0])
    expect(conversation(after).last_seq).toBe(timelineCap * 2)
    expect(room(after).recent.length).toBeLessThanOrEqual(recentCap)
  })

  test('an answer from before everything remembered is not taken', () => {
    const { server, state } = start()
    const old = server.messages('500', 1, { newest: true }, 50)
    const after = applyEvents(state, many(recentCap * 2))
    expect(applyMessages(after, '500', { newest: true }, old)).toBe(after)
    const header = applyConversation(after, server.conversation('500', 1) as never)
    expect(Object.keys(header.wanted.conversations)).toEqual(['500'])
    expect(conversation(header)).toBe(conversation(after))
  })

  test('reading far back drops the newest from the view, not from the conversation', () => {
    const { server } = start()
    const events = many(timelineCap + 600)
    for (const each of events) server.log.push(each)
    let state = applySync(null, server.sync(server.pos))
    state = applyMessages(state, '500', { newest: true }, server.messages('500', server.pos, { newest: true }, 200))
    while ((room(state).detour ?? room(state).live).from !== null) {
      const before = (room(state).detour ?? room(state).live).from as Id
      state = applyMessages(state, '500', { before }, server.messages('500', server.pos, { before }, 200))
    }
    expect(room(state).detour?.messages).toHaveLength(timelineCap)
    expect(room(state).detour?.messages[0]?.id).toBe('1000')
    expect(room(state).live.messages.at(-1)?.id).toBe(conversation(state).last_message?.id)
    const back = leaveDetour(state, '500')
    expect(room(back).detour).toBeNull()
    expect(room(trimRoom(state, '500'))).toMatchObject({ detour: null, live: { messages: { length: 200 } } })
  })
})

describe('speed', () => {
  test('two thousand conversations take five thousand events in a moment', () => {
    const server = new ModelServer('1', ['1', '2'])
    const one = start().server.conversation('500', 1)
    const base = server.sync(0)
    const conversations = Array.from({ length: 2_000 }, (_, index) => ({
      ...(one?.conversation as never as object),
      id: `${5_000 + index}`,
    }))
    let state = applySync(null, { ...base, conversations: conversations as never })
    const events = Array.from({ length: 5_000 }, (_, index) =>
      sent(index + 1, 'a', '2', { conversation: `${5_000 + (index % 2_000)}` }, `${10_000 + index}`),
    )
    const began = performance.now()
    state = applyEvents(state, events)
    const caughtUpMs = performance.now() - began
    for (const each of events.slice(0, 100))
      state = applyEvent(state, { ...each, pos: each.pos + 5_000, id: `9${each.id}` })
    const liveMs = (performance.now() - began - caughtUpMs) / 100
    expect(state.rooms['5000']?.header.conversation.last_seq).toBe(4)
    expect(caughtUpMs).toBeLessThan(1_000)
    expect(liveMs).toBeLessThan(10)
  })
})
