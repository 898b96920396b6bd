import type { EventFrame, Id } from '../../core/api/contract.ts'
import { applyToRoom } from './apply-to-room.ts'
import { Revision } from './revision.ts'
import { ruleOf } from './rule-of.ts'
import type { Numbered, State } from './state.ts'

/** The state after one event. An event that is in already changes nothing; one of an unknown type moves the position. */
export function applyEvent(state: State, event: EventFrame): State {
  return applyEvents(state, [event])
}

/** The state after some events, in order of their positions. */
export function applyEvents(state: State, events: readonly EventFrame[]): State {
  const revision = new Revision(state)
  for (const event of events) {
    if (event.pos <= revision.next.pos) continue
    revision.next.pos = event.pos
    revision.tell(event)
    applyOne(revision, event)
  }
  return revision.next.pos === state.pos ? state : revision.next
}

/** The server said that nothing of mine happened up to here, and perhaps of which run the positions are now. */
export function applyPosition(state: State, pos: number, run: Id = state.run): State {
  return pos > state.pos || run !== state.run ? { ...state, run, pos: Math.max(pos, state.pos) } : state
}

function applyOne(revision: Revision, event: EventFrame): void {
  const rule = ruleOf(event)
  if (!rule) return
  rule.site?.(revision, event)
  const conversation = conversationOf(event)
  if (conversation === null) return
  const room = revision.room(conversation)
  if (room) revision.setRoom(conversation, applyToRoom(revision, room, event, rule))
  else expectRoom(revision, conversation, event)
}

function conversationOf(event: EventFrame): string | null {
  return 'conversation' in event.data && typeof event.data.conversation === 'string' ? event.data.conversation : null
}

/** An event of a conversation that is not held, so I have just come to it: fetch it, and keep what happens meanwhile. */
function expectRoom(revision: Revision, conversation: string, event: EventFrame): void {
  if (revision.next.left[conversation] === event.pos) return
  const kept: readonly Numbered[] = revision.next.arriving[conversation] ?? []
  revision.setArriving(conversation, [...kept, { event, seq: 0 }])
  revision.want({ conversations: { [conversation]: true } })
}
