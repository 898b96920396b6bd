import type { EventFrame, Id, Message } from '../../core/api/contract.ts'
import { compareIds } from '../../core/api/ids.ts'
import { earlyCap, type Timeline } from './state.ts'

/** Whether a message of this id belongs into the stretch (if it exists, the stretch holds it). */
export function covers(timeline: Timeline, id: Id): boolean {
  const afterStart = timeline.from === null || compareIds(id, timeline.from) >= 0
  return afterStart && (timeline.to === null || compareIds(id, timeline.to) <= 0)
}

/** The index of a message, or of the place where it would be, as -1 - place. */
export function findMessage(messages: readonly Message[], id: Id): number {
  let low = 0
  let high = messages.length - 1
  while (low <= high) {
    const middle = (low + high) >> 1
    const order = compareIds((messages[middle] as Message).id, id)
    if (order === 0) return middle
    if (order < 0) low = middle + 1
    else high = middle - 1
  }
  return -1 - low
}

export function messageIn(timeline: Timeline | null, id: Id): Message | undefined {
  return timeline?.messages[findMessage(timeline.messages, id)]
}

/** Put a message at its place, by id. One that is held already stays as it is; one outside the stretch is left out. */
export function addMessage(timeline: Timeline, message: Message): Timeline {
  if (!covers(timeline, message.id)) return timeline
  const index = findMessage(timeline.messages, message.id)
  if (index >= 0) return timeline
  const messages = timeline.messages.slice()
  messages.splice(-1 - index, 0, message)
  return { ...timeline, messages }
}

/** A quote of a message that was recalled says only that. */
export function withoutQuoted(message: Message): Message {
  return message.reply_to ? { ...message, reply_to: { ...message.reply_to, text: '', recalled: true } } : message
}

/** Change one message, or all, by a function that returns the same object for those it leaves alone. */
export function changeMessages(timeline: Timeline, target: Id | null, change: (message: Message) => Message): Timeline {
  if (target !== null) {
    const index = findMessage(timeline.messages, target)
    const message = timeline.messages[index]
    if (!message) return timeline
    const changed = change(message)
    return changed === message ? timeline : { ...timeline, messages: timeline.messages.with(index, changed) }
  }
  let touched = false
  const messages = timeline.messages.map(message => {
    const changed = change(message)
    touched ||= changed !== message
    return changed
  })
  return touched ? { ...timeline, messages } : timeline
}

/** Keep a change whose message is not here yet, though it belongs into this stretch. */
export function keepEarly(timeline: Timeline, event: EventFrame): Timeline {
  return { ...timeline, early: [...timeline.early.slice(1 - earlyCap), event] }
}

/** Drop the older end down to `count` messages. */
export function keepNewest(timeline: Timeline, count: number): Timeline {
  if (timeline.messages.length <= count) return timeline
  const messages = timeline.messages.slice(-count)
  return { ...timeline, messages, from: (messages[0] as Message).id }
}

/** Drop the newer end down to `count` messages. */
export function keepOldest(timeline: Timeline, count: number): Timeline {
  if (timeline.messages.length <= count) return timeline
  const messages = timeline.messages.slice(0, count)
  return { ...timeline, messages, to: (messages[count - 1] as Message).id }
}

/** The stretch that holds nothing but what is known from a conversation's newest message. */
export function timelineOf(last: Message | null): Timeline {
  return { messages: last ? [last] : [], from: last ? last.id : null, to: null, ahead: [], early: [] }
}
