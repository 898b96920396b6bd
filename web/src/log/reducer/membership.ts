import type { Id, Member, Role } from '../../core/api/contract.ts'
import { compareIds } from '../../core/api/ids.ts'
import { claim } from './registers.ts'
import type { Header } from './state.ts'

/** A person joins, unless a later event says otherwise. They start with everything before them read. */
export function withMember(header: Header, person: Id, event: { id: Id }, seq: number): Header {
  const claimed = claim(header, `member:${person}`, event)
  if (!claimed) return header
  if (claimed.members?.get(person)) return claimed
  const member: Member = { person, role: 'member', joined: event.id, read_seq: seq, marks: [] }
  return {
    ...claimed,
    stale: claimed.stale || compareIds(event.id, header.newest) < 0,
    members: claimed.members?.with(member) ?? null,
    conversation: { ...claimed.conversation, members: claimed.conversation.members + 1 },
  }
}

export function withoutMember(header: Header, person: Id, event: { id: Id }): Header {
  const joined = header.members?.get(person)?.joined
  if (joined !== undefined && compareIds(joined, event.id) > 0) return header
  const claimed = claim(header, `member:${person}`, event)
  if (!claimed) return header
  const members = claimed.members?.without(person) ?? null
  if (members !== null && members === claimed.members) return claimed
  return {
    ...claimed,
    members,
    conversation: { ...claimed.conversation, members: claimed.conversation.members - 1 },
  }
}

/** Give a person a role, unless a later event gave another. */
export function withRole(header: Header, person: Id, role: Role, event: { id: Id }, me: Id): Header {
  const claimed = claim(header, `role:${person}`, event)
  if (!claimed) return header
  const member = claimed.members?.get(person)
  return {
    ...claimed,
    members: member ? (claimed.members?.with({ ...member, role }) ?? null) : claimed.members,
    conversation: person === me ? { ...claimed.conversation, my_role: role } : claimed.conversation,
  }
}
