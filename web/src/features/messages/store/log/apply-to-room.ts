import type { EventFrame } from '../../../../core/api/events.ts'
import { compareIds, laterId } from '../../../../core/api/ids.ts'
import type { Id, Message } from '../../../../core/api/types.ts'
import { reactionId } from './reactions.ts'
import type { Revision } from './revision.ts'
import type { About } from './rule.ts'
import { type AnyRule, isType, ruleOf, targetOf } from './rule-of.ts'
import { type Header, type Numbered, type Room, recentCap, type Timeline, timelineCap } from './state.ts'
import {
  addMessage,
  changeMessages,
  covers,
  findMessage,
  keepEarly,
  keepNewest,
  messageIn,
  withoutQuoted,
} from './timeline.ts'

/** The room after an event about it: header and timelines each take it, unless they were fetched ahead of it. */
export function applyToRoom(revision: Revision, room: Room, event: EventFrame, rule: AnyRule): Room {
  if (event.pos <= room.since) return room
  if (isSuperseded(room, event, rule)) return room
  const seq = isType(event, 'messaging.message_sent') ? room.seq + 1 : room.seq
  const numbered = { event, seq }
  const about = aboutOf(revision.me, room, seq)
  const timelines = advanceTimelines(room, numbered, about)
  const header = sharingLast(advanceHeader(room.header, numbered, about), timelines.live, event)
  if (header.stale) revision.want({ conversations: { [header.conversation.id]: true } })
  const next = { ...room, seq, ...timelines, header: { ...header, stale: false }, ...remember(room, numbered) }
  wantMessageInDoubt(revision, next, event)
  return next
}

/** What rules may know about a room. */
export function aboutOf(me: Id, room: Pick<Room, 'header' | 'live' | 'detour' | 'recent'>, seq: number): About {
  return { me, seq, seqOf: id => seqOf(room, id) }
}

/** The conversation and its members after an event. */
export function advanceHeader(header: Header, { event, seq }: Numbered, about: About): Header {
  const rule = ruleOf(event)
  if (!rule || event.pos <= header.since) return header
  const ruled = rule.header?.(header, event, about) ?? header
  const { conversation } = ruled
  const made = rule.makes?.(event, about) ?? null
  const changed =
    conversation.last_message && (rule.changes?.(conversation.last_message, event) ?? conversation.last_message)
  return {
    ...ruled,
    newest: laterId(ruled.newest, event.id),
    conversation: { ...conversation, last_seq: seq, last_message: newest(changed, made) },
  }
}

/** A stretch of messages after an event. */
export function advanceTimeline(timeline: Timeline, { event, seq }: Numbered, about: About): Timeline {
  const rule = ruleOf(event)
  if (!rule) return timeline
  const made = rule.makes?.(event, { ...about, seq }) ?? null
  if (made) return withEarly(addMessage(timeline, made), made, timeline)
  const target = targetOf(event)
  if (!rule.changes || target === null) return timeline
  if (rule.scope === 'target' && isAhead(timeline, target, event.pos)) return timeline
  const change = (message: Message) => rule.changes?.(message, event) ?? message
  const changed = changeMessages(timeline, rule.scope === 'target' ? target : null, change)
  const missing = covers(timeline, target) && findMessage(timeline.messages, target) < 0
  return missing ? keepEarly(changed, event) : changed
}

function advanceTimelines(room: Room, numbered: Numbered, about: About): Pick<Room, 'live' | 'detour'> {
  const live = advanceTimeline(room.live, numbered, about)
  const detour = room.detour && advanceTimeline(room.detour, numbered, about)
  const full = live.messages.length > timelineCap * 1.25
  return { live: full ? keepNewest(live, timelineCap) : live, detour }
}

/** A message that has just come takes the changes that came before it. */
function withEarly(timeline: Timeline, made: Message, before: Timeline): Timeline {
  const waiting = timeline.early.filter(event => targetOf(event) === made.id)
  const quoted = made.reply_to && timeline.early.some(event => isRecallOf(event, made.reply_to?.id))
  if (timeline === before || (waiting.length === 0 && !quoted)) return timeline
  const change = (message: Message) =>
    waiting.reduce(
      (next, event) => ruleOf(event)?.changes?.(next, event) ?? next,
      quoted ? withoutQuoted(message) : message,
    )
  const changed = changeMessages(timeline, made.id, change)
  return { ...changed, early: timeline.early.filter(event => !waiting.includes(event)) }
}

function isRecallOf(event: EventFrame, message: Id | undefined): boolean {
  return isType(event, 'messaging.message_recalled') && event.data.message === message
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
function sharingLast(header: Header, live: Timeline, event: EventFrame): Header {
  const last = header.conversation.last_message
  if (last?.id !== event.id || event.pos <= header.since) return header
  const held = messageIn(live, last.id)
  return held ? { ...header, conversation: { ...header.conversation, last_message: held } } : header
}

/** A reaction that comes late may have been taken back by an event that is in already: fetch the message. */
function wantMessageInDoubt(revision: Revision, room: Room, event: EventFrame): void {
  if (!isType(event, 'messaging.reaction_set') || compareIds(event.id, room.header.newest) >= 0) return
  const { message: id, emoji, conversation } = event.data
  const message = messageIn(room.live, id) ?? messageIn(room.detour, id)
  const taken = message && reactionId(message.reactions, emoji, event.actor ?? '0') === event.id
  if (taken) revision.want({ messages: { [id]: conversation } })
}

function seqOf(room: Pick<Room, 'header' | 'live' | 'detour' | 'recent'>, id: Id): number | null {
  const last = room.header.conversation.last_message
  if (last?.id === id) return last.seq
  const message = messageIn(room.live, id) ?? messageIn(room.detour, id)
  if (message) return message.seq
  return room.recent.find(numbered => numbered.event.id === id)?.seq ?? null
}

function newest(held: Message | null, made: Message | null): Message | null {
  if (!made || !held) return made ?? held
  return compareIds(made.id, held.id) > 0 ? made : held
}
