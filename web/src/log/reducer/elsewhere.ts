import type { ConversationPage, Id } from '../../core/api/contract.ts'
import { Revision } from './revision.ts'
import type { State } from './state.ts'

/** An event after which other sites may have members of a conversation. */
interface MembersEvent {
  data: { conversation: Id }
}

/** Where members are at home is for the server to say, and nothing else of the conversation is: it is asked for that alone. */
export function membersElsewhere(revision: Revision, { data: { conversation } }: MembersEvent): void {
  if (revision.next.hasSites) revision.want({ elsewhere: { [conversation]: revision.next.pos } })
}

/** People are at home elsewhere: of the conversations that were opened; each other one is fetched when it is. */
export function allMembersElsewhere(revision: Revision): void {
  if (!revision.next.hasSites) return
  const opened = Object.entries(revision.next.rooms).filter(([, room]) => room.header.members !== null)
  revision.want({ elsewhere: Object.fromEntries(opened.map(([id]): [Id, number] => [id, revision.next.pos])) })
}

/** Take in where the members of a conversation are at home, unless something may have changed it after the answer. */
export function applyElsewhere(state: State, { pos, conversation }: ConversationPage): State {
  const revision = new Revision(state)
  const { id, sites } = conversation
  const room = revision.room(id)
  if (!isTold(revision, id, pos)) return state
  revision.unwant('elsewhere', id)
  if (room) {
    const { header } = room
    revision.setRoom(id, { ...room, header: { ...header, conversation: { ...header.conversation, sites } } })
  }
  return revision.next
}

/** A whole answer of this position says it as well. */
export function toldElsewhere(revision: Revision, { pos, conversation: { id } }: ConversationPage): void {
  if (isTold(revision, id, pos)) revision.unwant('elsewhere', id)
}

function isTold(revision: Revision, id: Id, pos: number): boolean {
  const since = revision.next.wanted.elsewhere[id]
  return since !== undefined && since <= pos
}
