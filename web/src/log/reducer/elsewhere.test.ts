import { expect, test } from 'vitest'
import { event, room, start } from '../testing/small-site.ts'
import { applyConversation } from './apply-conversation.ts'
import { applyEvent } from './apply-event.ts'
import { allMembersElsewhere, applyElsewhere } from './elsewhere.ts'
import { Revision } from './revision.ts'

const added = (pos: number, person: string) =>
  event(pos, 'messaging.members_added', { conversation: '500', people: [person] })

/** A company of several sites, and what its server answers at a position. */
function begin() {
  const { server, state } = start()
  const answer = (pos: number, sites: number[]) => {
    const page = server.conversation('500', 1, 1)
    if (!page) throw new Error('there is no such conversation')
    return { ...page, pos, conversation: { ...page.conversation, sites } }
  }
  return { state: { ...state, hasSites: true }, answer }
}

test('after a change of members only that is asked for which no event tells', () => {
  const { state, answer } = begin()
  const after = applyEvent(state, added(2, '4'))
  expect(after.wanted).toMatchObject({ conversations: {}, elsewhere: { '500': 2 } })
  const told = applyElsewhere(after, answer(2, [3]))
  expect(told.wanted.elsewhere).toEqual({})
  expect(room(told).header.conversation).toEqual({ ...room(after).header.conversation, sites: [3] })
  expect(room(told).header.members).toBe(room(after).header.members)
  expect(room(told).live).toBe(room(after).live)
})

test('an answer from before the last change says nothing, and a whole one says this too', () => {
  const { state, answer } = begin()
  const after = applyEvent(applyEvent(state, added(2, '4')), added(3, '5'))
  expect(applyElsewhere(after, answer(2, [3]))).toBe(after)
  expect(applyConversation(after, answer(2, [3])).wanted.elsewhere).toEqual({ '500': 3 })
  expect(applyConversation(after, answer(3, [3])).wanted.elsewhere).toEqual({})
})

test('when people move, the conversations that were opened are asked about, and none after I left it', () => {
  const { state } = begin()
  const revision = new Revision(state)
  revision.next.pos = 7
  allMembersElsewhere(revision)
  expect(revision.next.wanted.elsewhere).toEqual({ '500': 7 })
  revision.dropRoom('500')
  expect(revision.next.wanted.elsewhere).toEqual({})
})

test('a company of one site asks for nothing', () => {
  const { state } = begin()
  expect(applyEvent({ ...state, hasSites: false }, added(2, '4')).wanted).toMatchObject({
    conversations: {},
    elsewhere: {},
  })
})
