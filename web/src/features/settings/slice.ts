import { claimOfSite } from '../../log/reducer/registers.ts'
import type { Rule } from '../../log/reducer/rule.ts'
import { slice } from '../../log/slice.ts'

const sessionRevoked: Rule<'identity.session_revoked'> = {
  site(revision, event) {
    if (event.data.session === revision.next.me.session) revision.next.ended = true
  },
}

const preferencesChanged: Rule<'identity.preferences_changed'> = {
  site(revision, event) {
    const set = Object.entries(event.data).filter(([, value]) => value !== undefined && value !== null)
    const won = set.filter(([field]) => claimOfSite(revision, `preference:${field}`, event))
    const { me } = revision.next
    revision.next.me = { ...me, preferences: { ...me.preferences, ...Object.fromEntries(won) } }
  },
}

/** My preferences and sessions. Sessions are listed by a fetch where they are shown. */
export const mine = slice({
  name: 'mine',
  rules: {
    'identity.session_opened': {},
    'identity.session_revoked': sessionRevoked,
    'identity.preferences_changed': preferencesChanged,
  },
})
