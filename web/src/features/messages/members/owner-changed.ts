import { withRole } from '../../../log/reducer/membership.ts'
import { noticeOf } from '../../../log/reducer/notice.ts'
import { claim } from '../../../log/reducer/registers.ts'
import type { Rule } from '../../../log/reducer/rule.ts'
import type { Header } from '../../../log/reducer/state.ts'

/** The owner before becomes a member. */
export const ownerChanged: Rule<'messaging.owner_changed'> = {
  makes: (event, about) => noticeOf(event, { type: 'owner', person: event.data.person }, about),
  header(header, event, about) {
    const claimed = claim(header, 'owner', event)
    if (!claimed) return header
    const before = ownersOf(claimed, about.me).filter(person => person !== event.data.person)
    const handed = before.reduce((next, person) => withRole(next, person, 'member', event, about.me), claimed)
    return withRole(handed, event.data.person, 'owner', event, about.me)
  },
}

function ownersOf(header: Header, me: string): string[] {
  if (header.members === null) return header.conversation.my_role === 'owner' ? [me] : []
  const owners = header.members.all().filter(member => member.role === 'owner')
  return owners.map(member => member.person)
}
