import { queryOptions } from '@tanstack/react-query'
import { request } from '@/core/api'

const everyMs = 5_000

/** How all sites are, asked again as long as somebody looks. */
export const statusQuery = queryOptions({
  queryKey: ['sites', 'status'],
  queryFn: ({ signal }) => request('GET /sites/status', undefined, { signal }),
  refetchInterval: everyMs,
  staleTime: 0,
})

/** What is kept back of the other sites. */
export const keptBackQuery = queryOptions({
  queryKey: ['sites', 'kept-back'],
  queryFn: ({ signal }) => request('GET /sites/kept-back', undefined, { signal }),
  refetchInterval: everyMs,
  staleTime: 0,
})
