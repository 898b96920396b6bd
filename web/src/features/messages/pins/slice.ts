import type { Pin } from '../../../core/api/contract.ts'
import { compareIds } from '../../../core/api/ids.ts'
import { claim } from '../../../log/reducer/registers.ts'
import type { Rule } from '../../../log/reducer/rule.ts'
import { ConversationPart, slice } from '../../../log/slice.ts'

/** What is pinned in a conversation, the last pinned first. */
export const pinned = new ConversationPart<readonly Pin[]>('pins', [], ({ pins }) => pins, {
  'messaging.message_recalled': (pins, { data }) => without(pins, data.message),
})

/**
 * The latest event about a message counts. A recalled message is not pinned; whether one that is not held was recalled, its own site
 * knew when it was pinned here, and only a fetch can tell when it was pinned elsewhere.
 */
const set: Rule<'messaging.pin_set'> = {
  header(header, event, about) {
    const { message, present } = event.data
    const pins = pinned.of(header)
    const before = pins?.find(pin => pin.message === message)
    if (!pins || event.actor === null || (before && compareIds(before.id, event.id) > 0)) return header
    const claimed = claim(header, `pin ${message}`, event)
    if (!claimed) return header
    if (!present || about.isRecalled(message)) return pinned.with(claimed, without(pins, message))
    const isDoubtful = event.site !== undefined && about.seqOf(message) === null
    const all = [...without(pins, message), { message, person: event.actor, id: event.id }]
    return pinned.with({ ...claimed, stale: claimed.stale || isDoubtful }, all.sort(byTime))
  },
}

/** The same list when it is not among them. */
function without(pins: readonly Pin[], message: string): readonly Pin[] {
  const others = pins.filter(pin => pin.message !== message)
  return others.length === pins.length ? pins : others
}

function byTime(a: Pin, b: Pin): number {
  return compareIds(b.id, a.id)
}

/** Messages pinned above their conversation. */
export const pins = slice({ name: 'pins', rules: { 'messaging.pin_set': set }, conversation: [pinned] })
