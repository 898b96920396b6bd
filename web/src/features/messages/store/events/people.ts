import type { EventData } from '../../../../core/api/events.ts'
import type { Id, PersonCard } from '../../../../core/api/types.ts'
import type { Revision } from '../log/revision.ts'
import type { Rule } from '../log/rule.ts'
import { wantSitesOfAll } from './sites.ts'

type Changed = EventData['org.person_changed']

/** Somebody new is fetched when first shown; only lists and counts of people change. */
export const personAdded: Rule<'org.person_added'> = {
  site(revision, event) {
    revision.next.orgPos = event.pos
    if (revision.next.units) revision.want({ units: true })
    if (revision.next.people[event.data.person]) revision.want({ people: { [event.data.person]: true } })
  },
}

export const personChanged: Rule<'org.person_changed'> = {
  site(revision, event) {
    const { person } = event.data
    revision.next.orgPos = event.pos
    changeHeld(revision, event.data)
    if (person === revision.me) changeMe(revision, event.data)
    if (given(event.data.unit) || given(event.data.units)) wantUnits(revision)
    if (given(event.data.unit)) wantSitesOfAll(revision)
  },
}

export const personDeactivated: Rule<'org.person_deactivated'> = {
  site: (revision, event) => setActive(revision, event.data.person, false, event.pos),
}

export const personReactivated: Rule<'org.person_reactivated'> = {
  site: (revision, event) => setActive(revision, event.data.person, true, event.pos),
}

/** The spelling in Latin letters and the branch are worked out by the server: a new name or unit is fetched. */
function changeHeld(revision: Revision, changed: Changed): void {
  const held = revision.next.people[changed.person]
  if (!held) return
  const { name, title, unit } = changed
  revision.setPerson({ ...held, ...definedOf({ name, title, unit }) })
  if (given(name) || given(unit)) revision.want({ people: { [changed.person]: true } })
}

/** How somebody is reached is in no event: it is fetched. */
function changeMe(revision: Revision, changed: Changed): void {
  const { name, title, unit, units } = changed
  const person: PersonCard = { ...revision.next.me.person, ...definedOf({ name, title, unit, units }) }
  revision.next.me = { ...revision.next.me, person }
  revision.want({ me: true })
}

function setActive(revision: Revision, person: Id, active: boolean, pos: number): void {
  revision.next.orgPos = pos
  const held = revision.next.people[person]
  if (held) revision.setPerson({ ...held, active })
  wantUnits(revision)
}

/** The units carry counts of people, which no single event tells. */
function wantUnits(revision: Revision): void {
  if (revision.next.units) revision.want({ units: true })
}

function given<V>(value: V | null | undefined): value is V {
  return value !== undefined && value !== null
}

function definedOf<T extends object>(fields: T): { [K in keyof T]?: NonNullable<T[K]> } {
  const entries = Object.entries(fields).filter(([, value]) => given(value))
  return Object.fromEntries(entries) as { [K in keyof T]?: NonNullable<T[K]> }
}
