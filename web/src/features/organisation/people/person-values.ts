import type { Id, PersonBody, PersonCard, PersonChanges } from '@/core/api'

/** A person as the form holds one. */
export interface PersonValues {
  name: string
  login: string
  password: string
  title: string
  unit: Id | null
  email: string
  phone: string
  /** Further posts. */
  units: FurtherPost[]
}

export interface FurtherPost {
  unit: Id | null
  title: string
}

export function valuesOf(card: PersonCard | undefined, unit: Id, password: string): PersonValues {
  return {
    name: card?.name ?? '',
    login: '',
    password,
    title: card?.title ?? '',
    unit: card?.unit ?? unit,
    email: card?.email ?? '',
    phone: card?.phone ?? '',
    units: (card?.units ?? []).filter(({ main }) => !main).map(post => ({ unit: post.unit, title: post.title })),
  }
}

/** A new person as the server takes one. */
export function bodyOf(values: PersonValues): PersonBody {
  return { ...factsOf(values), login: values.login.trim(), password: values.password }
}

/** What differs from before; a login left empty stays as it is. */
export function changesOf(before: PersonValues, values: PersonValues): PersonChanges {
  const [old, now] = [factsOf(before), factsOf(values)]
  const names = (Object.keys(now) as (keyof typeof now)[]).filter(
    name => JSON.stringify(now[name]) !== JSON.stringify(old[name]),
  )
  const changes: PersonChanges = Object.fromEntries(names.map(name => [name, now[name]]))
  if (values.login.trim()) changes.login = values.login.trim()
  return changes
}

/** A further post without a unit was begun and not finished: it does not count. */
function factsOf(values: PersonValues): Omit<PersonBody, 'login' | 'password'> {
  return {
    name: values.name.trim(),
    title: values.title.trim(),
    unit: values.unit ?? '',
    email: values.email.trim(),
    phone: values.phone.trim(),
    units: values.units.flatMap(post =>
      post.unit === null ? [] : [{ unit: post.unit, title: post.title.trim(), main: false }],
    ),
  }
}
