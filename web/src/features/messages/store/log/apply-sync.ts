import type { SyncAnswer } from '../../../../core/api/routes.ts'
import type { Conversation, Id, Member, Person, Unit } from '../../../../core/api/types.ts'
import { type Header, nothingWanted, type Room, type State } from './state.ts'
import { timelineOf } from './timeline.ts'

/**
 * The state as of a `GET /sync`. What `before` held of messages and members is dropped: events between were not seen.
 * People are kept until they are fetched, and what I have seen but the server may not know yet, unless the log was
 * restored: then its numbers are of messages that are lost.
 */
export function applySync(before: State | null, answer: SyncAnswer, isSameLog = true): State {
  const { run, pos, site, me, company, windows } = answer
  const rooms = answer.conversations.map((conversation): [Id, Room] => {
    const reading = isSameLog ? (before?.rooms[conversation.id]?.reading ?? 0) : 0
    return [conversation.id, { ...roomOf(conversation, null, pos), reading }]
  })
  return {
    run,
    pos,
    began: run,
    site: String(site),
    me,
    company,
    windows,
    hasSites: Boolean(before?.hasSites) || answer.conversations.some(({ sites }) => sites.length > 0),
    rooms: Object.fromEntries(rooms),
    people: { ...before?.people, ...byId(answer.people) },
    units: null,
    orgPos: pos,
    registers: {},
    wanted: wantedAgain(before, answer),
    arriving: {},
    left: {},
    ended: false,
  }
}

/** People that were held but are not in the answer may have changed meanwhile. */
function wantedAgain(before: State | null, answer: SyncAnswer): State['wanted'] {
  const fresh = new Set(answer.people.map(person => person.id))
  const old = Object.keys(before?.people ?? {}).filter(id => !fresh.has(id))
  return { ...nothingWanted, people: Object.fromEntries(old.map(id => [id, true])), units: Boolean(before?.units) }
}

/** A room as fetched at a position. */
export function roomOf(conversation: Conversation, members: readonly Member[] | null, pos: number): Room {
  return {
    header: headerOf(conversation, members, pos),
    live: timelineOf(conversation.last_message),
    detour: null,
    seq: conversation.last_seq,
    since: pos,
    newest: conversation.last_message?.id ?? conversation.created,
    recent: [],
    recentFrom: pos,
    reading: 0,
  }
}

export function headerOf(conversation: Conversation, members: readonly Member[] | null, pos: number): Header {
  return {
    conversation,
    members: members && Object.fromEntries(members.map(member => [member.person, member])),
    registers: {},
    since: pos,
    newest: conversation.last_message?.id ?? conversation.created,
    stale: false,
  }
}

export function byId<T extends Person | Unit>(things: readonly T[]): Record<Id, T> {
  return Object.fromEntries(things.map(thing => [thing.id, thing]))
}
