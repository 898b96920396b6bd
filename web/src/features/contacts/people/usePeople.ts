import { useInfiniteQuery, useQuery } from '@tanstack/react-query'
import { useDeferredValue, useMemo } from 'react'
import type { Id, Person } from '@/core/api'
import { isWithin } from '../org/org-tree'
import { directoryQuery, peopleQuery, unitsQuery } from '../org/queries'
import { usePeopleSearch } from '../org/usePeopleSearch'

export interface People {
  people: readonly Person[]
  /** How many there are in all, where it is known. */
  total: number | null
  /** Nothing to show yet. */
  loading: boolean
  error: unknown
  retry: () => void
  /** Fetches the next page, if there is one and it is not on its way. */
  more: () => void
}

const searchLimit = 200

/** The people of a unit and all below it: as the server has them, or without it those of the directory that is held here. */
export function useUnitPeople(unit: Id | undefined): People {
  const pages = useInfiniteQuery({ ...peopleQuery(unit ?? ''), enabled: unit !== undefined })
  const { data: tree } = useQuery(unitsQuery)
  const { data: directory } = useQuery({ ...directoryQuery, enabled: false })
  const people = useMemo(() => {
    if (pages.data || !tree || !unit) return pages.data?.pages.flatMap(page => page.people) ?? []
    return directory?.people.filter(person => isWithin(tree, person.unit, unit)) ?? []
  }, [pages.data, directory, tree, unit])
  const isMissing = !pages.data && people.length === 0
  return {
    people,
    total: (unit === undefined ? undefined : tree?.units.get(unit)?.people) ?? null,
    loading: isMissing && pages.isPending,
    error: isMissing ? pages.error : null,
    retry: () => void pages.refetch(),
    more: () => {
      if (pages.hasNextPage && !pages.isFetchingNextPage && !pages.isFetchNextPageError) void pages.fetchNextPage()
    },
  }
}

/** People found, of one branch where one is chosen. */
export function useFoundPeople(query: string, branch: Id | undefined): People {
  const { data: tree } = useQuery(unitsQuery)
  const found = usePeopleSearch(useDeferredValue(query))
  const people = useMemo(() => {
    const all = found.people.slice(0, searchLimit)
    return branch && tree ? all.filter(person => isWithin(tree, person.unit, branch)) : all
  }, [found.people, branch, tree])
  return {
    people,
    total: people.length < searchLimit ? people.length : null,
    loading: people.length === 0 && !found.settled,
    error: found.error,
    retry: found.retry,
    more: () => {},
  }
}
