import type { EventFrame, Id, Message } from '../../core/api/contract.ts'
import { compareIds, laterId } from '../../core/api/ids.ts'
import { heeded } from '../installed.ts'
import { counted } from './counted.ts'
import type { Revision } from './revision.ts'
import type { About } from './rule.ts'
import { type AnyRule, isType, ruleOf, targetOf } from './rule-of.ts'
import { type Header, type Numbered, type Room, recentCap, type Timeline, timelineCap } from './state.ts'
import { addMessage, changeMessages, covers, findMessage, keepEarly, keepNewest, messageIn } from './timeline.ts'

/**
 * The room after an event about it: header and timelines each take it, unless they were fetched ahead of it. A message that it
 * makes is made once and handed down.
 */
export function applyToRoom(revision: Revision, room: Room, event: EventFrame, rule: AnyRule): Room {
  if (event.pos <= room.since) return room
  if (isSuperseded(room, event, rule)) return room
  const seq = isType(event, 'messaging.message_sent') ? room.seq + 1 : room.seq
  const numbered = { event, seq }
  const about = aboutOf(revision.me, room, seq)
  const made = rule.makes?.(event, about) ?? null
  const timelines = advanceTimelines(room, event, rule, made)
  const header = advanceHeader(room.header, numbered, about, made, timelines.live)
  if (header.stale) revision.want({ conversations: { [header.conversation.id]: true } })
  wantMessageInDoubt(revision, room, timelines, numbered, rule)
  const newest = laterId(room.newest, event.id)
  const settled = header.stale ? { ...header, stale: false } : header
  return { ...room, seq, newest, ...timelines, header: settled, ...remember(room, numbered) }
}

/** What rules may know about a room. */
export function aboutOf(me: Id, room: Known, seq: number): About {
  return {
    me,
    seq,
    seqOf: id => seqOf(room, id),
    textAt: number => textAt(room, number),
    seqBefore: id => seqBefore(room.live, id) ?? seq,
    isRecalled: id => isRecalled(room, id),
  }
}

type Known = Pick<Room, 'header' | 'live' | 'detour' | 'recent'>

/** The conversation and its members after an event that is not in yet, by itself. */
export function bringHeader(header: Header, numbered: Numbered, about: About): Header {
  return advanceHeader(header, numbered, about, ruleOf(numbered.event)?.makes?.(numbered.event, about) ?? null, null)
}

/** The same, with the message that the event makes, and the newest messages after it. */
function advanceHeader(
  header: Header,
  { event, seq }: Numbered,
  about: About,
  made: Message | null,
  live: Timeline | null,
): Header {
  const rule = ruleOf(event)
  if (!rule || event.pos <= header.since) return header
  const withItself = {
    ...about,
    textAt: (number: number) => (isSent({ event, seq }) && number === seq ? event.id : about.textAt(number)),
  }
  const ruled = heeded(rule.header?.(header, event, withItself) ?? header, event)
  const { conversation } = ruled
  const last = lastAfter(conversation.last_message, event, rule, made, live)
  const isSame = conversation.last_seq === seq && conversation.last_message === last
  return {
    ...ruled,
    newest: laterId(ruled.newest, event.id),
    conversation: counted(isSame ? conversation : { ...conversation, last_seq: seq, last_message: last }),
  }
}

/** The newest message is one object with that of the timeline, with all that this knows of it. */
function lastAfter(
  before: Message | null,
  event: EventFrame,
  rule: AnyRule,
  made: Message | null,
  live: Timeline | null,
): Message | null {
  const last = newest(before, made)
  const held = last && live && messageIn(live, last.id)
  if (held) return held
  return last && last === before ? (rule.changes?.(last, event) ?? last) : last
}

/** A stretch of messages after an event that is not in yet, by itself. */
export function bringTimeline(timeline: Timeline, { event }: Numbered, about: About): Timeline {
  const rule = ruleOf(event)
  return rule ? advanceTimeline(timeline, event, rule, rule.makes?.(event, about) ?? null) : timeline
}

/** The same, with the message that the event makes. A notice has the number of the text before it in the stretch. */
function advanceTimeline(timeline: Timeline, event: EventFrame, rule: AnyRule, made: Message | null): Timeline {
  if (made) {
    const seq = made.kind === 'notice' && covers(timeline, made.id) ? seqBefore(timeline, made.id) : null
    const placed = seq === null || seq === made.seq ? made : { ...made, seq }
    return withEarly(addMessage(timeline, placed), placed, timeline)
  }
  const target = targetOf(event)
  if (!rule.changes || target === null) return timeline
  if (rule.scope === 'target' && isAhead(timeline, target, event.pos)) return timeline
  const change = (message: Message) => rule.changes?.(message, event) ?? message
  const changed = changeMessages(timeline, rule.scope === 'target' ? target : null, change)
  const missing = covers(timeline, target) && findMessage(timeline.messages, target) < 0
  return missing ? keepEarly(changed, event) : changed
}

function advanceTimelines(
  room: Room,
  event: EventFrame,
  rule: AnyRule,
  made: Message | null,
): Pick<Room, 'live' | 'detour'> {
  const live = advanceTimeline(room.live, event, rule, made)
  const detour = room.detour && advanceTimeline(room.detour, event, rule, made)
  const full = live.messages.length > timelineCap * 1.25
  return { live: full ? keepNewest(live, timelineCap) : live, detour }
}

/** A message that has just come takes the changes that came before it. */
function withEarly(timeline: Timeline, made: Message, before: Timeline): Timeline {
  const waiting = timeline.early.filter(event => targetOf(event) === made.id)
  if (timeline === before || waiting.length === 0) return timeline
  const change = (message: Message) =>
    waiting.reduce((next, event) => ruleOf(event)?.changes?.(next, event) ?? next, message)
  return {
    ...changeMessages(timeline, made.id, change),
    early: timeline.early.filter(event => !waiting.includes(event)),
  }
}

function isAhead(timeline: Timeline, id: Id, pos: number): boolean {
  return timeline.ahead.some(stretch => pos <= stretch.pos && covers({ ...timeline, ...stretch }, id))
}

function remember(room: Room, numbered: Numbered): Pick<Room, 'recent' | 'recentFrom'> {
  if (room.recent.length < recentCap) return { recent: [...room.recent, numbered], recentFrom: room.recentFrom }
  const dropped = room.recent[recentCap >> 1] as Numbered
  return { recent: [...room.recent.slice((recentCap >> 1) + 1), numbered], recentFrom: dropped.event.pos }
}

/** Whether a later event (by id) on the same field of the message came before this one. */
function isSuperseded(room: Room, event: EventFrame, rule: AnyRule): boolean {
  const register = rule.register?.(event)
  if (register === undefined) return false
  return room.recent.some(
    before => compareIds(before.event.id, event.id) > 0 && ruleOf(before.event)?.register?.(before.event) === register,
  )
}

/** The newest message is one object, with all that the timeline knows of it. */
export function sharingLast(header: Header, live: Timeline): Header {
  const last = header.conversation.last_message
  const held = last && messageIn(live, last.id)
  return held ? { ...header, conversation: { ...header.conversation, last_message: held } } : header
}

/**
 * Between sites, what came before is not always all that is before. A late reaction or mark may have been taken back by an event
 * that is in already, and the text before a notice may not be held: fetch those messages.
 */
function wantMessageInDoubt(
  revision: Revision,
  room: Room,
  after: Pick<Room, 'live' | 'detour'>,
  { event, seq }: Numbered,
  rule: AnyRule,
): void {
  const isLate = compareIds(event.id, room.newest) < 0
  const made = messageIn(after.live, event.id) ?? messageIn(after.detour, event.id)
  if (made?.kind === 'notice' && (isLate || made.seq !== seq))
    revision.want({ messages: { [made.id]: made.conversation } })
  const id = targetOf(event)
  if (!isLate || id === null || !rule.register || !('present' in event.data && event.data.present)) return
  const before = messageIn(room.live, id) ?? messageIn(room.detour, id)
  const changed = messageIn(after.live, id) ?? messageIn(after.detour, id)
  if (changed !== before) revision.want({ messages: { [id]: room.header.conversation.id } })
}

function seqOf(room: Known, id: Id): number | null {
  return held(room, id)?.seq ?? room.recent.find(numbered => numbered.event.id === id)?.seq ?? null
}

/** What came last may stand in no stretch that is held: `recent` has it. */
function textAt(room: Known, seq: number): Id | null {
  const isIt = (message: Message) => message.kind === 'text' && message.seq === seq
  const last = room.header.conversation.last_message
  if (last && isIt(last)) return last.id
  const held = room.live.messages.findLast(isIt) ?? room.detour?.messages.findLast(isIt)
  return held?.id ?? room.recent.findLast(one => isSent(one) && one.seq === seq)?.event.id ?? null
}

function isSent({ event }: Numbered): boolean {
  return isType(event, 'messaging.message_sent')
}

/** The number of the last text before an id; of the first notice held when no text is, for it carries the same one. */
function seqBefore(timeline: Timeline, id: Id): number | null {
  const index = findMessage(timeline.messages, id)
  const before = timeline.messages.slice(0, index < 0 ? -1 - index : index)
  const text = before.findLast(message => message.kind === 'text') ?? before[0]
  return text ? text.seq : timeline.from === null ? 0 : null
}

function isRecalled(room: Known, id: Id): boolean {
  if (held(room, id)?.recalled) return true
  return room.recent.some(({ event }) => isType(event, 'messaging.message_recalled') && event.data.message === id)
}

function held(room: Known, id: Id): Message | undefined {
  const last = room.header.conversation.last_message
  return last?.id === id ? last : (messageIn(room.live, id) ?? messageIn(room.detour, id))
}

function newest(last: Message | null, made: Message | null): Message | null {
  if (!made || !last) return made ?? last
  return compareIds(made.id, last.id) > 0 ? made : last
}
