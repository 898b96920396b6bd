import type { Id } from '../../../core/api/contract.ts'
import { allMembersElsewhere } from '../../../log/reducer/elsewhere.ts'
import type { Revision } from '../../../log/reducer/revision.ts'
import type { Rule } from '../../../log/reducer/rule.ts'
import { slice } from '../../../log/slice.ts'

/** A moved unit, or one that becomes a branch, changes the branch of the people below it: the server works it out. */
const changed: Rule<'org.unit_changed'> = {
  site(revision, event) {
    const { parent, kind, locale } = event.data
    if (locale !== undefined) revision.want({ me: true })
    if (parent || kind) wantAllThatDependOnTheTree(revision)
  },
}

function wantAllThatDependOnTheTree(revision: Revision): void {
  const people = Object.keys(revision.next.people).map((id): [Id, true] => [id, true])
  revision.want({ me: true, people: Object.fromEntries(people) })
  allMembersElsewhere(revision)
}

/** The tree itself is a live query (`queries.ts`). */
export const units = slice({
  name: 'units',
  rules: { 'org.unit_added': {}, 'org.unit_changed': changed, 'org.unit_removed': {} },
})
