import { useQuery } from '@tanstack/react-query'
import { useMe } from '@/core/session'
import { unitsQuery } from '@/features/contacts'

/** The names of my company and my branch; the branch is left out where it is the company itself. */
export function useHome(): { company: string; branch: string | undefined } {
  const { person } = useMe()
  const { data: tree } = useQuery(unitsQuery)
  const company = tree?.roots[0]?.unit
  const branch = tree?.units.get(person.branch)
  return { company: company?.name ?? '', branch: branch?.id === company?.id ? undefined : branch?.name }
}
