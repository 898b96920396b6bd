import { queryOptions, useQuery } from '@tanstack/react-query'
import { type AnswerOf, request } from '@/core/api'

const whileJoiningMs = 1_000

/**
 * Whether the company has been set up, and its name. Asked again while the server cannot be reached, and while it is joining a
 * company.
 */
export const setupQuery = queryOptions({
  queryKey: ['setup'],
  queryFn: ({ signal }) => request('GET /setup', undefined, { signal }),
  refetchInterval: ({ state }) => (state.data?.joining ? whileJoiningMs : false),
  retry: true,
  retryDelay: attempt => Math.min(3_000, 500 * 2 ** attempt),
})

export function useSetup() {
  return useQuery(setupQuery)
}

/** What people have to wait for, or to do anew, before they can sign in here. */
export function joiningOf(setup: AnswerOf<'GET /setup'> | undefined) {
  const joining = setup?.joining
  return joining && joining.phase !== 'following' ? joining : null
}
