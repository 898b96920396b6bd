import { queryOptions } from '@tanstack/react-query'
import { compareIds, request, type SessionView } from '@/core/api'

export const sessionsKey = ['sessions'] as const

/** Where I am signed in: this device first, then the one used last. */
export const sessionsQuery = queryOptions({
  queryKey: sessionsKey,
  queryFn: ({ signal }) => request('GET /sessions', undefined, { signal }),
  select: ({ sessions }) => sessions.toSorted(byUse),
})

export function byUse(a: SessionView, b: SessionView): number {
  return Number(b.current) - Number(a.current) || compareIds(b.last_used, a.last_used)
}
