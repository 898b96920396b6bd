import type { EventOf } from '../../../../core/api/events.ts'
import type { Conversation, Id, Member } from '../../../../core/api/types.ts'
import type { Rule } from '../log/rule.ts'
import type { Room } from '../log/state.ts'
import { timelineOf } from '../log/timeline.ts'
import { noticeOf } from './notice.ts'
import { wantSites } from './sites.ts'

type Created = EventOf<'messaging.conversation_created'>

/** A conversation I am in begins; nothing of it can have been missed, so it needs no fetch. */
export const conversationCreated: Rule<'messaging.conversation_created'> = {
  site(revision, event) {
    const { conversation, members } = event.data
    if (revision.room(conversation) || !members.some(member => member.person === revision.me)) return
    revision.setRoom(conversation, newRoom(event, revision.me))
    wantSites(revision, conversation)
  },
  makes: (event, about) =>
    event.data.kind === 'group' ? noticeOf(event, { type: 'created', title: event.data.title }, about) : null,
}

function newRoom(event: Created, me: Id): Room {
  const members = event.data.members.map(({ person, role }): [Id, Member] => [
    person,
    { person, role, joined: event.id, read_seq: 0, marks: [] },
  ])
  return {
    header: {
      conversation: newConversation(event, me),
      members: Object.fromEntries(members),
      registers: {},
      since: event.pos - 1,
      newest: event.id,
      stale: false,
    },
    live: timelineOf(null),
    detour: null,
    seq: 0,
    since: event.pos - 1,
    newest: event.id,
    recent: [],
    recentFrom: event.pos - 1,
    reading: 0,
  }
}

function newConversation(event: Created, me: Id): Conversation {
  const { conversation, kind, title, members } = event.data
  const others = members.filter(member => member.person !== me)
  return {
    id: conversation,
    kind,
    title,
    peer: kind === 'direct' ? (others[0]?.person ?? me) : null,
    members: members.length,
    my_role: members.find(member => member.person === me)?.role ?? 'member',
    last_seq: 0,
    read_seq: 0,
    mention_seq: 0,
    recalled_seqs: [],
    last_message: null,
    muted: false,
    pinned: false,
    hidden: false,
    created: event.id,
    joined: event.id,
    marks: [],
    sites: [],
  }
}
