import { compareIds } from '../../../../core/api/ids.ts'
import type { Preferences } from '../../../../core/api/types.ts'
import type { Revision } from '../log/revision.ts'
import type { Rule } from '../log/rule.ts'

/** Sessions are listed by a fetch where they are shown. */
export const sessionOpened: Rule<'identity.session_opened'> = {}

export const sessionRevoked: Rule<'identity.session_revoked'> = {
  site(revision, event) {
    if (event.data.session === revision.next.me.session) revision.next.ended = true
  },
}

export const preferencesChanged: Rule<'identity.preferences_changed'> = {
  site(revision, event) {
    for (const [field, value] of Object.entries(event.data)) {
      if (value !== undefined && value !== null) setPreference(revision, field as keyof Preferences, value, event.id)
    }
  },
}

function setPreference(revision: Revision, field: keyof Preferences, value: unknown, id: string): void {
  const setter = revision.next.registers[field]
  if (setter !== undefined && compareIds(setter, id) > 0) return
  const { me, registers } = revision.next
  revision.next.registers = { ...registers, [field]: id }
  revision.next.me = { ...me, preferences: { ...me.preferences, [field]: value } }
}

/** What I may do follows from the role over the unit: the server works it out. */
export const grantGiven: Rule<'identity.grant_given'> = {
  site: revision => revision.want({ me: true }),
}

export const grantRevoked: Rule<'identity.grant_revoked'> = {
  site: revision => revision.want({ me: true }),
}

/** For followers inside the server; they reach no client. */
export const accountCreated: Rule<'identity.account_created'> = {}
export const passwordSet: Rule<'identity.password_set'> = {}
