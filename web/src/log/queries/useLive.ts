import { type QueryClient, queryOptions, type UseQueryResult, useQuery } from '@tanstack/react-query'
import { type AnswerOf, type InputOf, type Route, request } from '@/core/api'
import { merged, type Place, placeOf, setPlace } from './places.ts'

type ReadRoute = Extract<Route, `GET ${string}`>
export type Ask = typeof request

/**
 * What the server answers to a route, fetched again when something that it depends on happened, and never older than what was shown:
 * for tables of administration, statistics, search. What must be there offline is in the log.
 */
export function useLive<R extends ReadRoute>(route: R, input?: InputOf<R>): UseQueryResult<AnswerOf<R>> {
  const ask = (request: Ask) => request(...([route, input] as unknown as Parameters<Ask>)) as Promise<AnswerOf<R>>
  return useQuery(queryOptions(liveQuery(['live', route, input ?? null], ask)))
}

/**
 * A query that is live, where there is more to it than one route: what it asks says by itself as of when it is and what it depends
 * on. For `queryOptions({ ...liveQuery(key, ask => …), select })`.
 */
export function liveQuery<T, Page = unknown>(
  queryKey: readonly unknown[],
  fetch: (ask: Ask, page: Page) => Promise<T>,
) {
  const queryFn = async ({ client, signal, pageParam }: Asked): Promise<T> => {
    const places: Place[] = []
    const onHeaders = (headers: Headers) => places.push(...placesIn(headers))
    const ask: unknown = async (route: Route, input?: never, options?: object) =>
      await request(route, input, { ...options, signal, onHeaders })
    const data = await fetch(ask as Ask, pageParam as Page)
    const before = placeOf(queryKey)
    const isFurtherPage = pageParam !== undefined && pageParam !== null
    const place = merged(isFurtherPage && before ? [before, ...places] : places)
    if (!place) return data
    const isOlder = before !== undefined && place.pos < before.pos && pageParam === undefined
    const shown = isOlder ? client.getQueryData<T>(queryKey) : undefined
    if (shown !== undefined) return shown
    setPlace(queryKey, place)
    return data
  }
  return { queryKey, queryFn, staleTime: Number.POSITIVE_INFINITY }
}

/** What is asked for: the part of the context of a query that counts here. */
interface Asked {
  client: QueryClient
  signal: AbortSignal
  pageParam?: unknown
}

function placesIn(headers: Headers): Place[] {
  const pos = headers.get('bilin-position')
  return pos === null ? [] : [{ pos: Number(pos), topics: (headers.get('bilin-topics') ?? '').split(' ') }]
}
