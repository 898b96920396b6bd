import { queryOptions } from '@tanstack/react-query'
import { request } from '@/core/api'
import { orgKey } from '@/features/contacts'

const everyMs = 5_000

/** How all sites are, asked again as long as somebody looks. */
export const statusQuery = queryOptions({
  queryKey: [...orgKey, 'sites', 'status'],
  queryFn: ({ signal }) => request('GET /sites/status', undefined, { signal }),
  refetchInterval: everyMs,
  staleTime: 0,
})

/** What is kept back of the other sites. */
export const keptBackQuery = queryOptions({
  queryKey: [...orgKey, 'sites', 'kept-back'],
  queryFn: ({ signal }) => request('GET /sites/kept-back', undefined, { signal }),
  refetchInterval: everyMs,
  staleTime: 0,
})
