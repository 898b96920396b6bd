import { useInfiniteQuery, useQuery } from '@tanstack/react-query'
import { useDeferredValue, useMemo } from 'react'
import type { Id, Person } from '@/core/api'
import { isWithin } from '../org/org-tree'
import { searchPeople } from '../org/people-index'
import { directoryQuery, peopleQuery, searchQuery, unitsQuery } from '../org/queries'

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

/** The people of a unit and all below it. */
export function useUnitPeople(unit: Id | undefined): People {
  const pages = useInfiniteQuery({ ...peopleQuery(unit ?? ''), enabled: unit !== undefined })
  const { data: tree } = useQuery(unitsQuery)
  const people = useMemo(() => pages.data?.pages.flatMap(page => page.people) ?? [], [pages.data])
  return {
    people,
    total: (unit === undefined ? undefined : tree?.units.get(unit)?.people) ?? null,
    loading: pages.isPending,
    error: pages.data ? null : pages.error,
    retry: () => void pages.refetch(),
    more: () => {
      if (pages.hasNextPage && !pages.isFetchingNextPage && !pages.isFetchNextPageError) void pages.fetchNextPage()
    },
  }
}

/**
 * People found: first those of the directory held here, at once; in a company too large to be held wholly, those the
 * server finds are added below.
 */
export function useFoundPeople(query: string, branch: Id | undefined): People {
  const { data: tree } = useQuery(unitsQuery)
  const directory = useQuery(directoryQuery)
  const wanted = useDeferredValue(query)
  const onServer = useQuery(searchQuery(wanted, directory.isError || directory.data?.complete === false))
  const people = useMemo(() => {
    const near = directory.data ? searchPeople(directory.data.index, wanted, searchLimit) : []
    const known = new Set(near.map(person => person.id))
    const all = [...near, ...(onServer.data?.people ?? []).filter(person => !known.has(person.id))]
    return branch && tree ? all.filter(person => isWithin(tree, person.unit, branch)) : all
  }, [directory.data, onServer.data, wanted, branch, tree])
  const waiting = directory.isPending || (onServer.isFetching && people.length === 0)
  return {
    people,
    total: people.length < searchLimit ? people.length : null,
    loading: waiting,
    error: directory.data || onServer.data ? null : (onServer.error ?? null),
    retry: () => void onServer.refetch(),
    more: () => {},
  }
}
