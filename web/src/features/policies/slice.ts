import type { Revision } from '../../log/reducer/revision.ts'
import { slice } from '../../log/slice.ts'

/** What holds for me follows from the units above me, my roles and posts: the server works it out. Lists are live queries. */
const whatHoldsForMe = { site: (revision: Revision) => revision.want({ me: true }) }

export const policies = slice({ name: 'policies', rules: { 'policies.value_set': whatHoldsForMe } })
