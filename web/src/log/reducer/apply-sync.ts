import type { Conversation, ConversationPage, Id, Person, Sync } from '../../core/api/contract.ts'
import { conversationParts } from '../installed.ts'
import { Members } from './members.ts'
import { type Header, nothingWanted, type Room, type State } from './state.ts'
import { timelineOf } from './timeline.ts'

/**
 * The state as of a `GET /sync`. What `before` held of messages and members is dropped: events between were not seen.
 * People are kept until they are fetched, and what I have seen but the server may not know yet, unless the log was
 * restored: then its numbers are of messages that are lost. Conversations of `further` pages are as of later positions, so
 * that events up to there leave them as they are.
 */
export function applySync(before: State | null, answer: Sync, isSameLog = true, further: readonly Sync[] = []): State {
  const { run, pos, site, me } = answer
  const pages = [answer, ...further]
  const rooms = pages.flatMap(page =>
    page.conversations.map((conversation): [Id, Room] => {
      const reading = isSameLog ? (before?.rooms[conversation.id]?.reading ?? 0) : 0
      return [conversation.id, { ...roomOf(listedHeader(conversation, page.pos)), reading }]
    }),
  )
  const people = byId(pages.flatMap(page => page.people))
  return {
    run,
    pos,
    began: run,
    site: String(site),
    me,
    hasSites: Boolean(before?.hasSites) || rooms.some(([, { header }]) => header.conversation.sites.length > 0),
    rooms: Object.fromEntries(rooms),
    people: { ...before?.people, ...people },
    news: {},
    registers: {},
    wanted: wantedAgain(before, people),
    arriving: {},
    left: {},
    ended: false,
  }
}

/** People that were held but are not in the answer may have changed meanwhile. */
function wantedAgain(before: State | null, fresh: Readonly<Record<Id, Person>>): State['wanted'] {
  const old = Object.keys(before?.people ?? {}).filter(id => !fresh[id])
  return { ...nothingWanted, people: Object.fromEntries(old.map(id => [id, true])) }
}

/** A room with nothing but its header and its newest message. */
export function roomOf(header: Header): Room {
  const { conversation, since, newest } = header
  return {
    header,
    live: timelineOf(conversation.last_message),
    detour: null,
    seq: conversation.last_seq,
    since,
    newest,
    recent: [],
    recentFrom: since,
    reading: 0,
  }
}

/** What `GET /sync` tells of a conversation: neither its members nor what slices hold of it. */
function listedHeader(conversation: Conversation, pos: number): Header {
  const newest = conversation.last_message?.id ?? conversation.created
  return { conversation, members: null, parts: null, registers: {}, since: pos, newest, stale: false }
}

/** What `GET /conversations/{c}` tells. */
export function fetchedHeader(answer: ConversationPage): Header {
  const listed = listedHeader(answer.conversation, answer.pos)
  return { ...listed, members: Members.of(answer.members), parts: conversationParts(answer) }
}

function byId(people: readonly Person[]): Record<Id, Person> {
  return Object.fromEntries(people.map(person => [person.id, person]))
}
