import type { Id } from '../../core/api/contract.ts'
import type { Revision } from './revision.ts'

/** An event after which other sites may have members of a conversation. */
interface MembersEvent {
  data: { conversation: Id }
}

/** Where members are at home is for the server to say: after a change of members the conversation is fetched. */
export function membersElsewhere(revision: Revision, { data: { conversation } }: MembersEvent): void {
  if (revision.next.hasSites) revision.want({ conversations: { [conversation]: true } })
}

/** People are at home elsewhere: of the conversations that were opened; each other one is fetched when it is. */
export function allMembersElsewhere(revision: Revision): void {
  if (!revision.next.hasSites) return
  const opened = Object.entries(revision.next.rooms).filter(([, room]) => room.header.members !== null)
  revision.want({ conversations: Object.fromEntries(opened.map(([id]): [Id, true] => [id, true])) })
}
