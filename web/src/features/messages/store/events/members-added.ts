import type { Rule } from '../log/rule.ts'
import { withMember } from './membership.ts'
import { noticeOf } from './notice.ts'
import { wantSites } from './sites.ts'

/** When I am among them the conversation is new to me: the room is fetched, because no conversation is held under its id. */
export const membersAdded: Rule<'messaging.members_added'> = {
  site(revision, event) {
    if (revision.room(event.data.conversation)) wantSites(revision, event.data.conversation)
  },
  makes: (event, about) => noticeOf(event, { type: 'added', people: event.data.people }, about),
  header(header, event, about) {
    const seq = about.seqBefore(event.id)
    const added = event.data.people.reduce((before, person) => withMember(before, person, event, seq), header)
    const isDoubtful = seq !== about.seq || event.site !== undefined
    return isDoubtful && added !== header ? { ...added, stale: true } : added
  },
}
