import { useDeferredValue } from 'react'
import type { Person } from '@/core/api'
import { usePeopleSearch } from '@/features/contacts'
import { useRecentPeople } from './useRecentPeople'

const foundAtMost = 50

export interface FoundPeople {
  people: readonly Person[]
  /** The query they are for; the box may be ahead of it. */
  answers: string
  /** Nobody better can come for it. */
  settled: boolean
  error: unknown
  retry: () => void
}

/** People for a query, best first; without one, those one had to do with last. */
export function useFoundPeople(query: string): FoundPeople {
  const answers = useDeferredValue(query.trim())
  const recent = useRecentPeople()
  const found = usePeopleSearch(answers)
  const people = answers ? found.people.slice(0, foundAtMost) : recent
  return {
    people,
    answers,
    settled: !answers || found.settled,
    error: answers ? found.error : null,
    retry: found.retry,
  }
}
