import { compareIds } from '../../../core/api/ids.ts'
import { membersElsewhere } from '../../../log/reducer/elsewhere.ts'
import { withoutMember } from '../../../log/reducer/membership.ts'
import { noticeOf } from '../../../log/reducer/notice.ts'
import type { Rule } from '../../../log/reducer/rule.ts'

export const memberRemoved: Rule<'messaging.member_removed'> = {
  site(revision, event) {
    const { conversation, person } = event.data
    const room = revision.room(conversation)
    if (room && person !== revision.me) membersElsewhere(revision, event)
    if (person !== revision.me || (room && event.pos <= room.header.since)) return
    const joined = room?.header.registers[`member:${person}`] ?? room?.header.members?.get(person)?.joined
    if (joined !== undefined && compareIds(joined, event.id) > 0) return
    revision.next.left = { ...revision.next.left, [conversation]: event.pos }
    revision.dropRoom(conversation)
  },
  makes(event, about) {
    const { person } = event.data
    return noticeOf(event, event.actor === person ? { type: 'left' } : { type: 'removed', person }, about)
  },
  header(header, event) {
    const removed = withoutMember(header, event.data.person, event)
    return event.site === undefined ? removed : { ...removed, stale: true }
  },
}
