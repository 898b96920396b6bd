import { useQuery } from '@tanstack/react-query'
import { useDeferredValue, useMemo } from 'react'
import type { Person } from '@/core/api'
import { directoryQuery, searchPeople, searchQuery } from '@/features/contacts'

const foundAtMost = 50

export interface FoundPeople {
  people: readonly Person[]
  /** Nothing is known yet. */
  pending: boolean
  error: unknown
  retry: () => void
}

/** People for a query, by name, pinyin, initials or title: from the directory; of a large company also from the server. */
export function useFoundPeople(query: string): FoundPeople {
  const wanted = useDeferredValue(query.trim())
  const directory = useQuery(directoryQuery)
  const large = directory.data?.complete === false
  const search = useQuery(searchQuery(wanted, large))
  const index = directory.data?.index
  const people = useMemo(() => {
    if (!index) return []
    if (!wanted) return index.entries.slice(0, foundAtMost).map(({ person }) => person)
    const near = searchPeople(index, wanted, foundAtMost)
    const known = new Set(near.map(({ id }) => id))
    return [...near, ...(large ? (search.data?.people ?? []) : []).filter(({ id }) => !known.has(id))]
  }, [index, wanted, large, search.data])
  return { people, pending: directory.isPending, error: directory.error, retry: () => void directory.refetch() }
}
