import type { Id, Message } from '@/core/api'

/** What was in sight, and what was read before. */
export interface Reading {
  /** The messages held, ascending by id. */
  messages: readonly Message[]
  /** Index of the last message that was in sight: those before it were passed. */
  last: number
  /** Messages that were really in sight. */
  seen: ReadonlySet<Id>
  /** Messages that were on the screen, if only as somebody scrolled past them. */
  passed: ReadonlySet<Id>
  /** The number up to which was read before. */
  readSeq: number
  me: Id
}

/**
 * The message through which all is read now: the highest number below which nothing is left unread; null when nothing more
 * is. Who scrolls to the end has read what they passed; not what came late to a place above it and was never in sight, and not
 * what a jump left out.
 */
export function readThrough({ messages, last, seen, passed, readSeq, me }: Reading): Message | null {
  const late = new Set(lateUnread(messages, readSeq, me))
  let limit = firstMissing(messages, readSeq)
  for (const [index, message] of messages.entries()) {
    const isPassed = passed.has(message.id) || seen.has(message.id) || message.sender === me
    const isLeft = index > last || !isPassed || (late.has(message) && !seen.has(message.id))
    if (isLeft && isUnread(message, readSeq)) limit = Math.min(limit, message.seq)
  }
  let through: Message | null = null
  for (const message of messages.slice(0, last + 1)) {
    if (isUnread(message, through?.seq ?? readSeq) && message.seq < limit) through = message
  }
  return through
}

/** Unread messages of others that stand above something that was read: they came late. Ascending by id. */
export function lateUnread(messages: readonly Message[], readSeq: number, me: Id): Message[] {
  const lastRead = messages.findLastIndex(message => message.kind === 'text' && message.seq <= readSeq)
  return messages
    .slice(0, Math.max(0, lastRead))
    .filter(message => isUnread(message, readSeq) && message.sender !== me && !message.recalled)
}

function isUnread(message: Message, readSeq: number): boolean {
  return message.kind === 'text' && message.seq > readSeq
}

/** The first unread number that is missing between those held: a late message with a place further back than is held. */
function firstMissing(messages: readonly Message[], readSeq: number): number {
  const numbers = messages.flatMap(message => (message.kind === 'text' ? [message.seq] : [])).sort((a, b) => a - b)
  const held = new Set(numbers)
  const lowest = Math.max(numbers[0] ?? 0, readSeq + 1)
  for (let seq = lowest; seq < (numbers.at(-1) ?? 0); seq++) if (!held.has(seq)) return seq
  return Number.POSITIVE_INFINITY
}
