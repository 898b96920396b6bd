import { useQuery } from '@tanstack/react-query'
import type { Id } from '@/core/api'
import { unitsQuery } from '@/features/contacts'

/** The name of a unit; empty until it is known. */
export function useBranchName(unit: Id | undefined): string {
  const { data } = useQuery(unitsQuery)
  return (unit && data?.units.get(unit)?.name) || ''
}
