import type { Id } from '@/core/api'
import { Revision } from '../reducer/revision.ts'
import type { State } from '../reducer/state.ts'
import { currentLog, updateLog } from './log-store.ts'

/** Ask for people that are not held; they come soon, together with those that others ask for. */
export function ensurePeople(ids: readonly Id[]): void {
  const log = currentLog()
  const missing = ids.filter(id => log && !log.people[id] && !log.wanted.people[id] && !asked.has(id))
  if (missing.length === 0) return
  for (const id of missing) asked.add(id)
  updateLog(state => {
    const revision = new Revision(state)
    revision.want({ people: Object.fromEntries(missing.map((id): [Id, true] => [id, true])) })
    return revision.next
  })
}

/** Whether somebody who is not held may still come: whom the server does not know does not. */
export function mayCome(log: State | null, person: Id): boolean {
  return log !== null && !log.people[person] && (log.wanted.people[person] === true || !asked.has(person))
}

/** Asked for once in this visit: a person whom the server does not know for me is not asked for at every picture. */
const asked = new Set<Id>()

export function forgetAsked(): void {
  asked.clear()
}

/** Ask for conversations that are not held. */
export function ensureConversations(ids: readonly Id[]): void {
  const log = currentLog()
  const missing = ids.filter(id => log && !log.rooms[id] && !log.wanted.conversations[id])
  if (missing.length === 0) return
  updateLog(state => {
    const revision = new Revision(state)
    revision.want({ conversations: Object.fromEntries(missing.map((id): [Id, true] => [id, true])) })
    return revision.next
  })
}

/** Ask for the members of a conversation, when they are not held. */
export function ensureMembers(conversation: Id): void {
  const log = currentLog()
  const room = log?.rooms[conversation]
  if (!room || room.header.members || log.wanted.conversations[conversation]) return
  updateLog(state => {
    const revision = new Revision(state)
    revision.want({ conversations: { [conversation]: true } })
    return revision.next
  })
}
