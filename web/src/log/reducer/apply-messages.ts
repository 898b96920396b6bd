import type { Id, Message, MessagePage } from '../../core/api/contract.ts'
import { compareIds } from '../../core/api/ids.ts'
import { aboutOf, bringTimeline, sharingLast } from './apply-to-room.ts'
import { Revision } from './revision.ts'
import { type Room, type State, type Timeline, timelineCap } from './state.ts'
import { covers, keepNewest, keepOldest, timelineOf } from './timeline.ts'

/** Which page of messages was asked for. */
export type PageRequest = { before: Id } | { after: Id } | { around: Id } | { newest: true }

/** Messages that stay at the newest end when the reader is far back. */
const keptAtTheEnd = 200

/**
 * Take in a page of messages. However late it comes: events that the page does not know yet are applied to it first, and
 * a page that no longer adjoins what is held is left out.
 */
export function applyMessages(state: State, conversation: Id, request: PageRequest, answer: MessagePage): State {
  const room = state.rooms[conversation]
  if (!room || answer.pos < room.recentFrom) return state
  const revision = new Revision(state)
  for (const message of answer.messages) revision.unwant('messages', message.id)
  const page = upToDate(revision, room, stretchOf(room, request, answer, state.pos), answer.pos)
  const placed = place(room, page, request, state.pos)
  revision.setRoom(conversation, { ...placed, header: sharingLast(placed.header, placed.live) })
  return revision.next
}

/** Whether a page fetched at a position is too old to be brought up to date, so that it must be fetched again. */
export function isTooOld(state: State, conversation: Id, answer: MessagePage): boolean {
  return answer.pos < (state.rooms[conversation]?.recentFrom ?? 0)
}

/** Show the newest messages again. */
export function leaveDetour(state: State, conversation: Id): State {
  const room = state.rooms[conversation]
  if (!room?.detour) return state
  const revision = new Revision(state)
  revision.setRoom(conversation, { ...room, detour: null })
  return revision.next
}

/** The view was left: keep only what makes coming back instant. */
export function trimRoom(state: State, conversation: Id): State {
  const room = state.rooms[conversation]
  const isSmall = !room || (room.detour === null && room.live.messages.length <= keptAtTheEnd)
  if (isSmall) return state
  const revision = new Revision(state)
  revision.setRoom(conversation, { ...room, detour: null, live: keepNewest(room.live, keptAtTheEnd) })
  return revision.next
}

/** The page as a stretch. Where it begins or ends at a message that is held, the stretch reaches up to that message. */
function stretchOf(room: Room, request: PageRequest, answer: MessagePage, pos: number): Timeline {
  const { messages, more_before, more_after } = answer
  const first = messages[0]?.id ?? null
  const last = messages.at(-1)?.id ?? null
  const reach = (asked: Id, end: Id | null) => (isCovered(room, asked) ? asked : (end ?? asked))
  const from = 'after' in request ? reach(request.after, first) : more_before ? first : null
  const to = 'before' in request ? reach(request.before, last) : more_after ? last : null
  const ahead = answer.pos > pos && messages.length > 0 ? [{ pos: answer.pos, from: first, to: last }] : []
  return { ...timelineOf(null), messages, from, to, ahead }
}

function isCovered(room: Room, id: Id): boolean {
  return covers(room.live, id) || (room.detour !== null && covers(room.detour, id))
}

function upToDate(revision: Revision, room: Room, page: Timeline, pos: number): Timeline {
  const missed = room.recent.filter(numbered => numbered.event.pos > pos)
  return missed.reduce(
    (next, numbered) => bringTimeline(next, numbered, aboutOf(revision.me, room, numbered.seq)),
    page,
  )
}

function place(room: Room, page: Timeline, request: PageRequest, pos: number): Room {
  const live = join(room.live, page, pos)
  if (live) return splitWhenFull(room, live, request, pos)
  const detour = room.detour && join(room.detour, page, pos)
  if (detour)
    return { ...room, detour: 'after' in request ? keepNewest(detour, timelineCap) : keepOldest(detour, timelineCap) }
  return 'around' in request ? { ...room, detour: page } : room
}

/** A detour that the page ties to the newest messages becomes part of them; the end that nobody looks at is dropped. */
function splitWhenFull(room: Room, joined: Timeline, request: PageRequest, pos: number): Room {
  const tied = room.detour && join(joined, room.detour, pos)
  const live = tied ?? joined
  const detour = tied ? null : room.detour
  if (live.messages.length <= timelineCap) return { ...room, live, detour }
  if (!('before' in request)) return { ...room, live: keepNewest(live, timelineCap), detour }
  return { ...room, live: keepNewest(live, keptAtTheEnd), detour: keepOldest(live, timelineCap) }
}

/** One stretch out of two that overlap or touch; null when there is a gap between them. */
function join(held: Timeline, page: Timeline, pos: number): Timeline | null {
  if (!adjoins(held, page)) return null
  return {
    messages: union(held, page, pos),
    from: earlierStart(held.from, page.from),
    to: laterEnd(held.to, page.to),
    ahead: [...held.ahead, ...page.ahead].filter(stretch => stretch.pos > pos),
    early: [...held.early, ...page.early],
  }
}

function adjoins(a: Timeline, b: Timeline): boolean {
  const startsBeforeEnd = (x: Timeline, y: Timeline) =>
    x.from === null || y.to === null || compareIds(x.from, y.to) <= 0
  return startsBeforeEnd(a, b) && startsBeforeEnd(b, a)
}

function union(held: Timeline, page: Timeline, pos: number): Message[] {
  const merged = new Map(held.messages.map(message => [message.id, message]))
  const reach = page.ahead[0]?.pos ?? pos
  for (const message of page.messages) {
    const before = merged.get(message.id)
    const heldIsNewer = held.ahead.some(stretch => stretch.pos > reach && covers({ ...held, ...stretch }, message.id))
    if (before && (heldIsNewer || JSON.stringify(before) === JSON.stringify(message))) continue
    merged.set(message.id, message)
  }
  return [...merged.values()].sort((a, b) => compareIds(a.id, b.id))
}

function earlierStart(a: Id | null, b: Id | null): Id | null {
  return a === null || b === null ? null : compareIds(a, b) <= 0 ? a : b
}

function laterEnd(a: Id | null, b: Id | null): Id | null {
  return a === null || b === null ? null : compareIds(a, b) >= 0 ? a : b
}
