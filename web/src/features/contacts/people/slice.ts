import type { EventData, Id, PersonCard } from '../../../core/api/contract.ts'
import { allMembersElsewhere } from '../../../log/reducer/elsewhere.ts'
import type { Revision } from '../../../log/reducer/revision.ts'
import type { Rule } from '../../../log/reducer/rule.ts'
import { slice } from '../../../log/slice.ts'

type Changed = EventData['org.person_changed']

/** Somebody new is fetched when first shown. */
const added: Rule<'org.person_added'> = {
  site(revision, event) {
    if (revision.next.people[event.data.person]) revision.want({ people: { [event.data.person]: true } })
  },
}

const changed: Rule<'org.person_changed'> = {
  site(revision, event) {
    changeHeld(revision, event.data)
    if (event.data.person === revision.me) changeMe(revision, event.data)
    if (given(event.data.unit)) allMembersElsewhere(revision)
  },
}

const deactivated: Rule<'org.person_deactivated'> = {
  site: (revision, event) => setActive(revision, event.data.person, false),
}

const reactivated: Rule<'org.person_reactivated'> = {
  site: (revision, event) => setActive(revision, event.data.person, true),
}

/** People, as far as they were shown. */
export const people = slice({
  name: 'people',
  rules: {
    'org.person_added': added,
    'org.person_changed': changed,
    'org.person_deactivated': deactivated,
    'org.person_reactivated': reactivated,
  },
})

/** The spelling in Latin letters and the branch are worked out by the server: a new name or unit is fetched. */
function changeHeld(revision: Revision, { person, name, title, unit }: Changed): void {
  const held = revision.next.people[person]
  if (!held) return
  revision.setPerson({ ...held, ...definedOf({ name, title, unit }) })
  if (given(name) || given(unit)) revision.want({ people: { [person]: true } })
}

/** How somebody is reached is in no event: it is fetched. */
function changeMe(revision: Revision, { name, title, unit, units }: Changed): void {
  const person: PersonCard = { ...revision.next.me.person, ...definedOf({ name, title, unit, units }) }
  revision.next.me = { ...revision.next.me, person }
  revision.want({ me: true })
}

function setActive(revision: Revision, person: Id, active: boolean): void {
  const held = revision.next.people[person]
  if (held) revision.setPerson({ ...held, active })
}

function given<V>(value: V | null | undefined): value is V {
  return value !== undefined && value !== null
}

function definedOf<T extends object>(fields: T): { [K in keyof T]?: NonNullable<T[K]> } {
  const entries = Object.entries(fields).filter(([, value]) => given(value))
  return Object.fromEntries(entries) as { [K in keyof T]?: NonNullable<T[K]> }
}
