import type { Revision } from '../../log/reducer/revision.ts'
import { slice } from '../../log/slice.ts'

/** What I may do follows from the role over the unit: the server works it out. */
const whatIMay = { site: (revision: Revision) => revision.want({ me: true }) }

/** Roles of people over units. */
export const grants = slice({
  name: 'grants',
  rules: { 'identity.grant_given': whatIMay, 'identity.grant_revoked': whatIMay },
})
