import { queryOptions } from '@tanstack/react-query'
import { compareIds, type SessionView } from '@/core/api'
import { liveQuery } from '@/log'

/** Where I am signed in: this device first, then the one used last. Asked anew when it is opened: that a device is used is no event. */
export const sessionsQuery = queryOptions({
  ...liveQuery(['sessions'], ask => ask('GET /sessions')),
  select: ({ sessions }) => sessions.toSorted(byUse),
  staleTime: 0,
})

export function byUse(a: SessionView, b: SessionView): number {
  return Number(b.current) - Number(a.current) || compareIds(b.last_used, a.last_used)
}
