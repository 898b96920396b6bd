import type { Conversation, EventOf, Id, Member } from '../../../core/api/contract.ts'
import { conversationParts } from '../../../log/installed.ts'
import { roomOf } from '../../../log/reducer/apply-sync.ts'
import { membersElsewhere } from '../../../log/reducer/elsewhere.ts'
import { freshConversation } from '../../../log/reducer/fresh.ts'
import { Members } from '../../../log/reducer/members.ts'
import { noticeOf } from '../../../log/reducer/notice.ts'
import type { Rule } from '../../../log/reducer/rule.ts'
import type { Header } from '../../../log/reducer/state.ts'

type Created = EventOf<'messaging.conversation_created'>

/** A conversation I am in begins; nothing of it can have been missed, so it needs no fetch. */
export const conversationCreated: Rule<'messaging.conversation_created'> = {
  site(revision, event) {
    const { conversation, members } = event.data
    if (revision.room(conversation) || !members.some(member => member.person === revision.me)) return
    revision.setRoom(conversation, roomOf(newHeader(event, revision.me)))
    membersElsewhere(revision, event)
  },
  makes: (event, about) =>
    event.data.kind === 'group' ? noticeOf(event, { type: 'created', title: event.data.title }, about) : null,
}

function newHeader(event: Created, me: Id): Header {
  const members = event.data.members.map(
    ({ person, role }): Member => ({ person, role, joined: event.id, read_seq: 0, marks: [] }),
  )
  return {
    conversation: newConversation(event, me),
    members: Members.of(members),
    parts: conversationParts('begins'),
    registers: {},
    since: event.pos - 1,
    newest: event.id,
    stale: false,
  }
}

function newConversation(event: Created, me: Id): Conversation {
  const { conversation, kind, title, members } = event.data
  const others = members.filter(member => member.person !== me)
  return {
    ...freshConversation,
    id: conversation,
    kind,
    title,
    peer: kind === 'direct' ? (others[0]?.person ?? me) : null,
    members: members.length,
    my_role: members.find(member => member.person === me)?.role ?? 'member',
    created: event.id,
    joined: event.id,
  }
}
