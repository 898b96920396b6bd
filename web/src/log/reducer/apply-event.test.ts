import { describe, expect, test } from 'vitest'
import type { EventData, EventFrame, Id } from '../../core/api/contract.ts'
import { ModelServer } from '../testing/model-server.ts'
import { textContent } from '../testing/random.ts'
import { conversation, event, room, sent, start } from '../testing/small-site.ts'
import { applyConversation } from './apply-conversation.ts'
import { applyEvent, applyEvents, applyPosition } from './apply-event.ts'
import { applySync } from './apply-sync.ts'
import { hasUnreadMention, unreadOf } from './counted.ts'
import type { State } from './state.ts'

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
    expect(applyEvent(state, unknown)).toEqual({ ...state, pos: 9, news: { [unknown.type]: 9 } })
    expect(applyPosition(state, 12).pos).toBe(12)
    expect(applyPosition(state, 0)).toBe(state)
  })

  test('the state before is never touched', () => {
    const { state } = start()
    const copy = structuredClone(state)
    applyEvents(state, [
      sent(2, 'a'),
      sent(3, 'b', '1'),
      event(4, 'messaging.read_marked', { conversation: '500', through: '1200', shared: true }),
    ])
    expect(state).toEqual(copy)
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
    expect(room(after).header.members?.get('1')?.read_seq).toBe(2)
    expect(room(after).header.members?.get('2')?.read_seq).toBe(3)
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
    expect(conversation(after)).toMatchObject({ last_seq: 2, mention_seq: 0, recalled_seqs: [1] })
  })

  const recallOf = (pos: number, message: string) =>
    event(pos, 'messaging.message_recalled', { conversation: '500', message })
  const editOf = (pos: number, message: string, mentions: string[]) => {
    const data = { conversation: '500', message, content: textContent('other'), mentions, mentions_all: false }
    return event(pos, 'messaging.message_edited', data)
  }
  const isWanted = (state: State) => '500' in state.wanted.conversations

  test('recalled before they were read are not counted, and call nobody', () => {
    const after = applyEvents(start().state, [
      sent(2, 'a', '2', { mentions: ['1'] }),
      sent(3, 'b'),
      recallOf(4, '1200'),
    ])
    expect(unreadOf(conversation(after))).toBe(1)
    expect(hasUnreadMention(conversation(after))).toBe(false)
    expect(isWanted(after)).toBe(true) // whether an earlier one calls, the server knows
    const read = applyEvents(after, [
      event(5, 'messaging.read_marked', { conversation: '500', through: '1300', shared: true }, '1'),
    ])
    expect(conversation(read)).toMatchObject({ recalled_seqs: [], mention_seq: 0 })
  })

  test('recalled after they were read change no count', () => {
    const after = applyEvents(start().state, [
      sent(2, 'a', '2', { mentions: ['1'] }),
      event(3, 'messaging.read_marked', { conversation: '500', through: '1200', shared: true }, '1'),
      sent(4, 'b', '2', { mentions: ['1'] }),
      recallOf(5, '1200'),
    ])
    expect(conversation(after)).toMatchObject({ recalled_seqs: [], mention_seq: 2 })
    expect(isWanted(after)).toBe(false)
  })

  test('edited so that they name me no more call me no more', () => {
    const called = [sent(2, 'a', '2', { mentions: ['1'] }), sent(3, 'b')]
    const after = applyEvents(start().state, [...called, editOf(4, '1200', ['3'])])
    expect(hasUnreadMention(conversation(after))).toBe(false)
    expect(isWanted(after)).toBe(true)
    const still = applyEvents(start().state, [...called, editOf(4, '1200', ['1', '3'])])
    expect(hasUnreadMention(conversation(still))).toBe(true)
    expect(isWanted(still)).toBe(false)
  })

  test('edited so that they name me call only whom they called at first: the server tells', () => {
    const after = applyEvents(start().state, [sent(2, 'a'), editOf(3, '1200', ['1'])])
    expect(hasUnreadMention(conversation(after))).toBe(false)
    expect(isWanted(after)).toBe(true)
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
    expect(room(after).header.members?.get('1')).toMatchObject({ role: 'owner' })
    expect(room(after).header.members?.get('4')).toMatchObject({ role: 'admin', joined: '1300', read_seq: 1 })
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
    event(pos, 'messaging.read_marked', { conversation: '500', through, shared: true }, actor)

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
    expect(room(after).header.members?.get('3')?.read_seq).toBe(2)
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
