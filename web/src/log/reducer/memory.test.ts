import { describe, expect, test, vi } from 'vitest'
import type { Conversation, Id } from '../../core/api/contract.ts'
import { ModelServer } from '../testing/model-server.ts'
import { conversation, ids, room, sent, start } from '../testing/small-site.ts'
import { applyConversation } from './apply-conversation.ts'
import { applyEvent, applyEvents } from './apply-event.ts'
import { applyMessages, leaveDetour, trimRoom } from './apply-messages.ts'
import { applySync } from './apply-sync.ts'
import { Revision } from './revision.ts'
import { recentCap, type State, timelineCap } from './state.ts'

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

describe('a long absence', () => {
  const conversations = 2_000
  const someEvents = Array.from({ length: 5_000 }, (_, index) =>
    sent(index + 1, 'a', '2', { conversation: `${5_000 + (index % conversations)}` }, `${10_000 + index}`),
  )

  function withConversations(): State {
    const one = start().server.conversation('500', 1)?.conversation as Conversation
    const many = Array.from({ length: conversations }, (_, index) => ({ ...one, id: `${5_000 + index}` }))
    return applySync(null, { ...new ModelServer('1', ['1', '2']).sync(0), conversations: many })
  }

  test('is caught up with one copy of two thousand conversations, however many events it is', () => {
    const before = withConversations()
    const copies = new Set<State['rooms']>()
    const { setRoom } = Revision.prototype
    const set = vi.spyOn(Revision.prototype, 'setRoom').mockImplementation(function (this: Revision, ...room) {
      setRoom.apply(this, room)
      copies.add(this.next.rooms)
    })
    const after = applyEvents(before, someEvents)
    expect(after.rooms['5000']?.header.conversation.last_seq).toBe(3)
    expect(set).toHaveBeenCalledTimes(someEvents.length)
    expect(copies.size).toBe(1)
    set.mockRestore()
  })

  test('over, an event touches the conversation that it is in and no other', () => {
    const before = applyEvents(withConversations(), someEvents)
    const after = applyEvent(before, sent(9_000, 'a', '2', { conversation: '5007' }, '99000'))
    expect(Object.keys(after.rooms).filter(id => after.rooms[id] !== before.rooms[id])).toEqual(['5007'])
    expect(after.people).toBe(before.people)
  })
})
