import type { ConversationPage, Id, MembersPage } from '../../core/api/contract.ts'
import { laterId } from '../../core/api/ids.ts'
import { fetchedHeader, roomOf } from './apply-sync.ts'
import { aboutOf, applyToRoom, bringHeader, sharingLast } from './apply-to-room.ts'
import { toldElsewhere } from './elsewhere.ts'
import { Revision } from './revision.ts'
import { ruleOf } from './rule-of.ts'
import type { Numbered, Registers, Room, State } from './state.ts'

/**
 * Take in a `GET /conversations/{c}`. However late it comes it overwrites nothing newer: the events that the answer does
 * not know yet are applied to it first.
 */
export function applyConversation(state: State, answer: ConversationPage): State {
  const { id } = answer.conversation
  if ((state.left[id] ?? -1) > answer.pos) return state
  const revision = new Revision(state)
  const room = revision.room(id)
  // It knows less than what is held: what is wanted is so still.
  if (room && answer.pos < room.header.since) return state
  revision.unwant('conversations', id)
  toldElsewhere(revision, answer)
  if (room) revision.setRoom(id, withFetchedHeader(revision, room, answer))
  else enterRoom(revision, id, answer)
  return revision.next
}

/**
 * The conversation with all its members, of whom it brought the first. It is as of the first page: what happened since then comes
 * as events, and those that a later page knew already change nothing there, since they say who is in, as what, and how far at
 * least somebody read. My own line is as old as what the conversation says of me; how many there are follows from the lines.
 */
export function withFurtherMembers(
  { conversation, ...first }: ConversationPage,
  further: readonly MembersPage[],
  me: Id | null,
): ConversationPage {
  if (further.length === 0) return { conversation, ...first }
  const { my_role: role, joined, read_seq, marks } = conversation
  const lines = [first, ...further].flatMap(page => page.members).filter(({ person }) => person !== me)
  const members = me === null ? lines : [...lines, { person: me, role, joined, read_seq, marks }]
  return { ...first, conversation: { ...conversation, members: members.length }, members, next: null }
}

/** The server says there is no such conversation for me. */
export function applyNoConversation(state: State, id: Id): State {
  const revision = new Revision(state)
  revision.dropRoom(id)
  return revision.next
}

function enterRoom(revision: Revision, id: Id, answer: ConversationPage): void {
  const waiting = revision.next.arriving[id] ?? []
  revision.dropArriving(id)
  let room = roomOf(fetchedHeader(answer))
  for (const { event } of waiting) {
    const rule = ruleOf(event)
    if (rule) room = applyToRoom(revision, room, event, rule)
  }
  revision.setRoom(id, room)
}

function withFetchedHeader(revision: Revision, room: Room, answer: ConversationPage): Room {
  const id = answer.conversation.id
  if (answer.pos < room.recentFrom) {
    revision.want({ conversations: { [id]: true } })
    return room
  }
  const missed = room.recent.filter(numbered => numbered.event.pos > answer.pos)
  const fetched = fetchedHeader(answer)
  const header = missed.reduce(
    (next, numbered) => bringHeader(next, numbered, aboutOf(revision.me, room, numbered.seq)),
    { ...fetched, registers: registersBefore(room.header.registers, missed) },
  )
  if (header.stale) revision.want({ conversations: { [id]: true } })
  const shared = answer.pos <= revision.next.pos ? sharingLast(header, room.live) : header
  return { ...room, header: { ...shared, stale: false, newest: laterId(header.newest, room.header.newest) } }
}

/** Which event set each field, as far as it is in the answer already. */
function registersBefore(registers: Registers, missed: readonly Numbered[]): Registers {
  const missing = new Set(missed.map(({ event }) => event.id))
  return Object.fromEntries(Object.entries(registers).filter(([, setter]) => !missing.has(setter)))
}
