import { membersElsewhere } from '../../../log/reducer/elsewhere.ts'
import { withMember, withRole } from '../../../log/reducer/membership.ts'
import { noticeOf } from '../../../log/reducer/notice.ts'
import type { Rule } from '../../../log/reducer/rule.ts'
import { slice } from '../../../log/slice.ts'
import { ownerChanged } from './owner-changed.ts'
import { memberRemoved } from './removed.ts'

/** When I am among them the conversation is new to me: the room is fetched, because no conversation is held under its id. */
const added: Rule<'messaging.members_added'> = {
  site(revision, event) {
    if (revision.room(event.data.conversation)) membersElsewhere(revision, event)
  },
  makes: (event, about) => noticeOf(event, { type: 'added', people: event.data.people }, about),
  header(header, event, about) {
    const seq = about.seqBefore(event.id)
    const joined = event.data.people.reduce((before, person) => withMember(before, person, event, seq), header)
    const isDoubtful = seq !== about.seq || event.site !== undefined
    return isDoubtful && joined !== header ? { ...joined, stale: true } : joined
  },
}

const roleChanged: Rule<'messaging.member_role_changed'> = {
  makes: (event, about) => noticeOf(event, { type: 'role', person: event.data.person, role: event.data.role }, about),
  header: (header, event, about) => withRole(header, event.data.person, event.data.role, event, about.me),
}

/** Who is in a conversation, and what they are in it. */
export const members = slice({
  name: 'members',
  rules: {
    'messaging.members_added': added,
    'messaging.member_removed': memberRemoved,
    'messaging.member_role_changed': roleChanged,
    'messaging.owner_changed': ownerChanged,
  },
})
