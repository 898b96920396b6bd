import { queryOptions, useQuery } from '@tanstack/react-query'
import { request } from '@/core/api'

/** Whether the company has been set up, and its name. Asked again while the server cannot be reached. */
export const setupQuery = queryOptions({
  queryKey: ['setup'],
  queryFn: ({ signal }) => request('GET /setup', undefined, { signal }),
  retry: true,
  retryDelay: attempt => Math.min(10_000, 500 * 2 ** attempt),
})

export function useSetup() {
  return useQuery(setupQuery)
}
