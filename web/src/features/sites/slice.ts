import { allMembersElsewhere } from '../../log/reducer/elsewhere.ts'
import type { Revision } from '../../log/reducer/revision.ts'
import { slice } from '../../log/slice.ts'

/** Sites themselves are told by the socket, and listed by live queries. */
const listed = {}

/** The people of a unit are at home elsewhere, and so the members of conversations. */
const homesChanged = { site: (revision: Revision) => allMembersElsewhere(revision) }

export const sites = slice({
  name: 'sites',
  rules: {
    'sites.site_added': listed,
    'sites.site_changed': listed,
    'sites.site_joined': listed,
    'sites.site_revoked': listed,
    'sites.site_retired': homesChanged,
    'sites.home_set': homesChanged,
    'sites.policy_set': listed,
  },
})
