import { claim } from '../log/registers.ts'
import type { Rule } from '../log/rule.ts'
import type { Header } from '../log/state.ts'
import { withRole } from './membership.ts'
import { noticeOf } from './notice.ts'

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
  const owners = Object.values(header.members ?? {}).filter(member => member.role === 'owner')
  if (header.members === null && header.conversation.my_role === 'owner') return [me]
  return owners.map(member => member.person)
}
