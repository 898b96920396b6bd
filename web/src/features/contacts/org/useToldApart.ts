import { useLingui } from '@lingui/react/macro'
import { useQuery } from '@tanstack/react-query'
import type { Id, Person } from '@/core/api'
import { useNameOf, useNamesakes } from '@/log'
import type { OrgTree } from './org-tree'
import { unitsQuery } from './queries'
import { placeOf } from './usePlace'

/** What a person is called where one is chosen or talked to; with the unit when somebody else who is known has that name. */
export function useToldApart(): (id: Id) => string {
  const { t } = useLingui()
  const nameOf = useNameOf()
  const namesakes = useNamesakes()
  const { data: tree } = useQuery({ ...unitsQuery, enabled: namesakes.size > 0 })
  return id => {
    const name = nameOf(id)
    const place = apart(tree, id, namesakes.get(id) ?? [])
    return place ? t({ message: `${name} (${place})`, context: 'a person and where they work' }) : name
  }
}

/** The least that tells somebody from those of the same name: the unit; where its name is another's too, all of the place. */
export function apart(tree: OrgTree | undefined, id: Id, people: readonly Person[]): string {
  const person = people.find(each => each.id === id)
  if (!person || !tree) return ''
  const unitOf = ({ unit }: Person) => tree.units.get(unit)?.name ?? ''
  const own = unitOf(person)
  const isShared = people.some(each => each.id !== id && unitOf(each) === own)
  return isShared ? placeOf(tree, person) : own
}
