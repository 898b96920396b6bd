import { QueryClient, queryOptions } from '@tanstack/react-query'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { type Cache, openCache, wipeCache } from '@/core/cache'
import { meOf } from '../testing/people.ts'
import { KeptAnswers } from './kept-answers.ts'

const me = meOf('1')
let cache: Cache
let answer = 'first'

const kept = queryOptions({ queryKey: ['kept', 1], queryFn: async () => answer, meta: { kept: true } })
const other = queryOptions({ queryKey: ['other'], queryFn: async () => answer })

beforeEach(async () => {
  await wipeCache('1')
  cache = (await openCache('1')) as Cache
})

afterEach(() => cache.close())

async function visit(): Promise<QueryClient> {
  const client = new QueryClient({ defaultOptions: { queries: { staleTime: Number.POSITIVE_INFINITY } } })
  new KeptAnswers(client).start(me, cache)
  await new Promise(resolve => setTimeout(resolve, 20))
  return client
}

test('an answer that is wanted without network is there at the next visit, and asked for again when somebody looks', async () => {
  const before = await visit()
  await Promise.all([before.fetchQuery(kept), before.fetchQuery(other)])
  await vi.waitFor(async () => expect(await cache.all('answers')).toHaveLength(1))

  const client = await visit()
  expect([client.getQueryData(kept.queryKey), client.getQueryData(other.queryKey)]).toEqual(['first', undefined])
  answer = 'second'
  expect(await client.fetchQuery(kept)).toBe('second')
})

test('of another release it is as nothing, and what is here already is newer', async () => {
  await cache.put('answers', { name: '["kept",1]', shape: 'another', key: kept.queryKey, data: 'old', at: 1 })
  const client = await visit()
  expect(client.getQueryData(kept.queryKey)).toBeUndefined()
})

test('it goes with the copy of the log when the session was ended from elsewhere; with the log alone it stays', async () => {
  const client = await visit()
  await client.fetchQuery(kept)
  await vi.waitFor(async () => expect(await cache.all('answers')).toHaveLength(1))
  await cache.dropLog()
  expect(await cache.all('answers')).toHaveLength(1)
  await cache.dropCopies()
  expect(await cache.all('answers')).toEqual([])
})
