import type { Rule } from '../log/rule.ts'
import { withRole } from './membership.ts'
import { noticeOf } from './notice.ts'

export const memberRoleChanged: Rule<'messaging.member_role_changed'> = {
  makes: (event, about) => noticeOf(event, { type: 'role', person: event.data.person, role: event.data.role }, about),
  header: (header, event, about) => withRole(header, event.data.person, event.data.role, event, about.me),
}
