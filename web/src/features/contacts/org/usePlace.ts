import { useQuery } from '@tanstack/react-query'
import type { Person } from '@/core/api'
import { type OrgTree, pathOf } from './org-tree'
import { unitsQuery } from './queries'

/** Where somebody works and as what, in one line: it tells people of the same name apart wherever one is chosen. */
export function placeOf(tree: OrgTree | undefined, { unit, title }: Pick<Person, 'unit' | 'title'>): string {
  const path = tree ? pathOf(tree, unit) : []
  const below = path.length > 1 ? path.filter(({ kind }) => kind !== 'company') : path
  return [below.map(({ name }) => name).join(' / '), title].filter(Boolean).join(' · ')
}

/** The same for a component; empty until it is known. */
export function usePlace(person: Pick<Person, 'unit' | 'title'> | undefined): string {
  const { data: tree } = useQuery(unitsQuery)
  return person ? placeOf(tree, person) : ''
}
