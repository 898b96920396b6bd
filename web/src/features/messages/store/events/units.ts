import type { Id, Unit } from '../../../../core/api/types.ts'
import type { Revision } from '../log/revision.ts'
import type { Rule } from '../log/rule.ts'
import { wantSitesOfAll } from './sites.ts'

/** Path and counts are worked out by the server, so a new or moved unit is fetched. */
export const unitAdded: Rule<'org.unit_added'> = {
  site(revision, event) {
    revision.next.orgPos = event.pos
    if (revision.next.units) revision.want({ units: true })
  },
}

export const unitChanged: Rule<'org.unit_changed'> = {
  site(revision, event) {
    const { unit, parent, name, kind, rank, locale } = event.data
    revision.next.orgPos = event.pos
    const change = (held: Unit): Unit => ({
      ...held,
      name: name ?? held.name,
      kind: kind ?? held.kind,
      rank: rank ?? held.rank,
      locale: locale === undefined ? held.locale : locale,
    })
    if (revision.next.company?.id === unit) revision.next.company = change(revision.next.company)
    changeUnit(revision, unit, change)
    if (locale !== undefined) revision.want({ me: true })
    if (parent || kind) wantAllThatDependOnTheTree(revision)
  },
}

export const unitRemoved: Rule<'org.unit_removed'> = {
  site(revision, event) {
    revision.next.orgPos = event.pos
    if (!revision.next.units) return
    const { [event.data.unit]: _, ...rest } = revision.next.units
    revision.next.units = rest
  },
}

function changeUnit(revision: Revision, id: Id, change: (unit: Unit) => Unit): void {
  const held = revision.next.units?.[id]
  if (held) revision.next.units = { ...revision.next.units, [id]: change(held) }
}

/** A moved unit, or one that becomes a branch, changes the branch of the people below it. */
function wantAllThatDependOnTheTree(revision: Revision): void {
  const people = Object.keys(revision.next.people).map((id): [Id, true] => [id, true])
  revision.want({ units: revision.next.units !== null, me: true, people: Object.fromEntries(people) })
  wantSitesOfAll(revision)
}
