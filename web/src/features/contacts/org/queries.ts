import { infiniteQueryOptions, keepPreviousData, queryOptions } from '@tanstack/react-query'
import { type Id, request } from '@/core/api'
import { orgTreeOf } from './org-tree'

/** Everything fetched about units and people has a key that begins so. */
export const orgKey = ['org'] as const
export const directoryKey = [...orgKey, 'directory'] as const

const pageSize = 200

/** All units. Refreshed by events, so what is held is never too old by itself. */
export const unitsQuery = queryOptions({
  queryKey: [...orgKey, 'units'],
  queryFn: ({ signal }) => request('GET /org/units', undefined, { signal }),
  select: answer => orgTreeOf(answer.units),
  staleTime: Number.POSITIVE_INFINITY,
})

/** All active people of a company of up to 5,000, else as many as the server gives. */
export const directoryQuery = queryOptions({
  queryKey: directoryKey,
  queryFn: ({ signal }) => request('GET /org/directory', undefined, { signal, timeoutMs: 60_000 }),
  select: ({ people, complete = true }) => ({ people, complete }),
  staleTime: Number.POSITIVE_INFINITY,
  gcTime: Number.POSITIVE_INFINITY,
})

/** The people of a unit and of all below it, by name, page by page; `inactive` for who manages the unit. */
export function peopleQuery(unit: Id, inactive = false) {
  return infiniteQueryOptions({
    queryKey: [...orgKey, 'people', unit, inactive],
    queryFn: ({ pageParam, signal }) => {
      const query = { unit, below: true, limit: pageSize, after: pageParam ?? undefined }
      return request('GET /org/people', { query: inactive ? { ...query, inactive } : query }, { signal })
    },
    initialPageParam: null as string | null,
    getNextPageParam: page => page.next,
    staleTime: Number.POSITIVE_INFINITY,
  })
}

/** People the server finds: more than are held here, and by what only it knows. */
export function searchQuery(q: string, enabled: boolean) {
  return queryOptions({
    queryKey: [...orgKey, 'search', q],
    queryFn: ({ signal }) => request('GET /org/search', { query: { q, limit: 50 } }, { signal }),
    enabled: enabled && q.trim() !== '',
    placeholderData: keepPreviousData,
    staleTime: 60_000,
  })
}

/** At which site each unit is at home, and what its policies say. For companies of several sites. */
export const homesQuery = queryOptions({
  queryKey: [...orgKey, 'homes'],
  queryFn: ({ signal }) => request('GET /sites/homes', undefined, { signal }),
  select: ({ homes, policies }) => ({
    homes: new Map(homes.map(home => [home.unit, home])),
    siteOf: new Map(homes.map(({ unit, site }) => [unit, site])),
    policies,
  }),
  staleTime: Number.POSITIVE_INFINITY,
})

/** The sites of the company, with the addresses at which browsers open them. */
export const sitesQuery = queryOptions({
  queryKey: [...orgKey, 'sites'],
  queryFn: ({ signal }) => request('GET /sites', undefined, { signal }),
  staleTime: Number.POSITIVE_INFINITY,
})

/** Everything colleagues may know of a person. */
export function personQuery(id: Id) {
  return queryOptions({
    queryKey: [...orgKey, 'person', id],
    queryFn: ({ signal }) => request('GET /org/people/{id}', { path: { id } }, { signal }),
    staleTime: 5 * 60_000,
  })
}
