import { infiniteQueryOptions, keepPreviousData, type QueryClient, queryOptions } from '@tanstack/react-query'
import type { AnswerOf, Id, Person } from '@/core/api'
import { type Ask, liveQuery } from '@/log'
import { orgTreeOf } from './org-tree'

const pageSize = 200
const directoryPage = 1_000
const heldAtMost = 5_000
/** Wanted without network, too. */
const kept = { meta: { kept: true } }

/** All units. Fetched again by events, as all of these are, so what is held is never too old by itself. */
export const unitsQuery = queryOptions({
  ...liveQuery(['org', 'units'], ask => ask('GET /org/units')),
  ...kept,
  select: answer => orgTreeOf(answer.units),
})

/** The active people by name: all of a company of up to `heldAtMost`. */
export const directoryQuery = queryOptions({
  ...liveQuery(['org', 'directory'], directory),
  ...kept,
  gcTime: Number.POSITIVE_INFINITY,
})

/** Fetches, the first time, what one can look at without network: before anybody looks. */
export function fetchBeforehand(client: QueryClient): void {
  if (client.getQueryData(unitsQuery.queryKey) === undefined) void client.prefetchQuery(unitsQuery)
  if (client.getQueryData(directoryQuery.queryKey) === undefined) void client.prefetchQuery(directoryQuery)
}

/** The people of a unit and of all below it, by name, page by page; `inactive` for who manages the unit. */
export function peopleQuery(unit: Id, inactive = false) {
  const page = liveQuery(['org', 'people', unit, inactive], (ask, after: string | null) => {
    const query = { unit, below: true, limit: pageSize, after: after ?? undefined }
    return ask('GET /org/people', { query: inactive ? { ...query, inactive } : query })
  })
  return infiniteQueryOptions({
    ...page,
    ...kept,
    initialPageParam: null as string | null,
    getNextPageParam: ({ next }) => next,
  })
}

/** People the server finds: more than are held here, and by what only it knows. */
export function searchQuery(q: string, enabled: boolean) {
  return queryOptions({
    ...liveQuery(['org', 'search', q], ask => ask('GET /org/search', { query: { q, limit: 50 } })),
    enabled: enabled && q.trim() !== '',
    placeholderData: keepPreviousData,
  })
}

/** At which site each unit is at home, and what its policies say. For companies of several sites. */
export const homesQuery = queryOptions({
  ...liveQuery(['org', 'homes'], ask => ask('GET /sites/homes')),
  ...kept,
  select: ({ homes, policies }) => ({
    homes: new Map(homes.map(home => [home.unit, home])),
    siteOf: new Map(homes.map(({ unit, site }) => [unit, site])),
    policies,
  }),
})

/** The sites of the company, with the addresses at which browsers open them. */
export const sitesQuery = queryOptions({ ...liveQuery(['org', 'sites'], ask => ask('GET /sites')), ...kept })

/** Everything colleagues may know of a person. */
export function personQuery(id: Id) {
  return queryOptions({
    ...liveQuery(['org', 'person', id], ask => ask('GET /org/people/{person}', { path: { person: id } })),
    ...kept,
  })
}

/** Page by page. Who moved between two pages is there once; what else moved makes the answer old. */
async function directory(ask: Ask): Promise<{ people: Person[]; complete: boolean }> {
  const people = new Map<Id, Person>()
  let next: Id | null = null
  do {
    const query = { limit: directoryPage, after: next ?? undefined }
    const page: AnswerOf<'GET /org/directory'> = await ask('GET /org/directory', { query }, { timeoutMs: 60_000 })
    for (const person of page.people) people.set(person.id, person)
    next = page.next
  } while (next && people.size < heldAtMost)
  return { people: [...people.values()], complete: next === null }
}
