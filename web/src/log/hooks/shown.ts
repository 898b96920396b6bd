import type { Conversation, Message } from '@/core/api'
import type { Room, Timeline } from '../reducer/state.ts'

/** A stretch of messages as the timeline shows it. The same object as long as nothing changed. */
export interface TimelineView {
  messages: readonly Message[]
  /** Nothing is before the first of `messages`. */
  fromStart: boolean
  /** Nothing is after the last; false when the reader jumped back in time. */
  atNewest: boolean
  /** The messages that a conversation opens with are there, the unread ones among them. */
  loaded: boolean
  /** Why they are not, when fetching them failed. */
  problem: unknown
}

const views = new WeakMap<Timeline, TimelineView>()
const conversations = new WeakMap<Conversation, Conversation>()
const noMessages: TimelineView = { messages: [], fromStart: false, atNewest: true, loaded: false, problem: null }

export function viewOf(timeline: Timeline | null, loaded: boolean, problem: unknown): TimelineView {
  if (!timeline) return noMessages
  const made = views.get(timeline)
  if (made && made.loaded === loaded && made.problem === problem) return made
  const view = {
    messages: timeline.messages,
    fromStart: timeline.from === null,
    atNewest: timeline.to === null,
    loaded,
    problem,
  }
  views.set(timeline, view)
  return view
}

/** The conversation, with what I have read here and the server may not know yet. The same object while nothing changed. */
export function shownConversation(room: Room): Conversation {
  const { conversation } = room.header
  if (room.reading <= conversation.read_seq) return conversation
  const made = conversations.get(conversation)
  if (made?.read_seq === room.reading) return made
  const shown = { ...conversation, read_seq: room.reading }
  conversations.set(conversation, shown)
  return shown
}
