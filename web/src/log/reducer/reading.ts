import type { Id } from '../../core/api/contract.ts'
import { compareIds, idSite } from '../../core/api/ids.ts'
import type { About } from './rule.ts'
import type { Header } from './state.ts'

/** How far somebody has read, as their line among the members says it, and mine the conversation itself. */
export interface Reader {
  joined: Id
  read_seq: number
  /** What they read elsewhere: of each site the highest id up to which they have read what began there. */
  marks: Id[]
}

/** Move a member's read mark, and my own with it; never back. */
export function withRead(header: Header, person: Id, seq: number, me: Id): Header {
  const reader = readerOf(header, person, me)
  return reader && reader.read_seq < seq ? withReader(header, person, { read_seq: seq }, me) : header
}

/** Somebody read, at another site, up to these messages. What lies after the event that says so counts for nothing. */
export function withMarks(header: Header, person: Id, ids: readonly Id[], event: { id: Id }, me: Id): Header {
  const reader = readerOf(header, person, me)
  if (!reader) return header
  const marks = ids.filter(id => compareIds(id, event.id) <= 0).reduce(highest, reader.marks)
  return marks === reader.marks ? header : withReader(header, person, { marks }, me)
}

/**
 * Whoever stands right before a message that counts as read by them stands behind it. Where the message is not held, a fetch
 * must tell.
 */
export function caughtUp(header: Header, person: Id, about: About): Header {
  const reader = readerOf(header, person, about.me)
  if (!reader) return header
  let seq = reader.read_seq
  while (seq < about.seq) {
    const next = about.textAt(seq + 1)
    if (next === null) return { ...withRead(header, person, seq, about.me), stale: true }
    if (!countsAsRead(next, reader)) break
    seq += 1
  }
  return withRead(header, person, seq, about.me)
}

/** A message has come that some may have read elsewhere, or that is from before they joined. */
export function passedBy(header: Header, message: Id, seq: number, me: Id): Header {
  const { members } = header
  if (members && !members.mayHavePassed(message)) return header
  const people = members ? members.all().map(({ person }) => person) : [me]
  return people.reduce((before, person) => {
    const reader = readerOf(before, person, me)
    const isNext = reader?.read_seq === seq - 1 && countsAsRead(message, reader)
    return isNext ? withRead(before, person, seq, me) : before
  }, header)
}

function countsAsRead(message: Id, { joined, marks }: Reader): boolean {
  if (compareIds(message, joined) < 0) return true
  return marks.some(mark => idSite(mark) === idSite(message) && compareIds(message, mark) <= 0)
}

function highest(marks: Id[], id: Id): Id[] {
  const at = marks.findIndex(mark => idSite(mark) === idSite(id))
  const held = marks[at]
  if (held === undefined) return [...marks, id]
  return compareIds(held, id) >= 0 ? marks : marks.with(at, id)
}

function readerOf(header: Header, person: Id, me: Id): Reader | undefined {
  return header.members?.get(person) ?? (person === me ? header.conversation : undefined)
}

function withReader(header: Header, person: Id, change: Partial<Reader>, me: Id): Header {
  const member = header.members?.get(person)
  return {
    ...header,
    members: member ? (header.members?.with({ ...member, ...change }) ?? null) : header.members,
    conversation: person === me ? { ...header.conversation, ...change } : header.conversation,
  }
}
