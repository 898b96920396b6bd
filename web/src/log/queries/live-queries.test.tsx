import { QueryClient, QueryClientProvider } from '@tanstack/react-query'
import { renderHook } from '@testing-library/react'
import type { ReactNode } from 'react'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import type { EventFrame, Id } from '@/core/api'
import { sessionStore } from '@/core/session'
import { FakeFetch } from '../testing/fake-fetch.ts'
import { meOf } from '../testing/people.ts'
import { LiveQueries, refetchLive } from './live-queries.ts'
import { useLive } from './useLive.ts'

let network: FakeFetch
let client: QueryClient
let live: LiveQueries
let pos = 0

beforeEach(() => {
  vi.useFakeTimers({ shouldAdvanceTime: true })
  vi.spyOn(Math, 'random').mockReturnValue(0.5)
  sessionStore.setState({ phase: 'signed_in', me: meOf('1'), pending: {} })
  client = new QueryClient()
  live = new LiveQueries(client)
  pos = 10
  network = new FakeFetch().install().on('GET', '/org/units', () => answer(pos))
})

afterEach(() => {
  live.stop()
  client.clear()
  vi.useRealTimers()
  vi.restoreAllMocks()
  vi.unstubAllGlobals()
})

function answer(at: number): Response {
  const headers = { 'bilin-position': String(at), 'bilin-topics': 'org sites.home_set' }
  return Response.json({ pos: at, units: [] }, { headers })
}

function event(type: string, at: number, actor: Id = '2'): EventFrame {
  return { t: 'event', pos: at, id: String(at), type, actor, key: null, data: {} }
}

const asked = () => network.count('GET', '/org/units')

async function shown() {
  const wrapper = ({ children }: { children: ReactNode }) => (
    <QueryClientProvider client={client}>{children}</QueryClientProvider>
  )
  const { result } = renderHook(() => useLive('GET /org/units'), { wrapper })
  await vi.waitFor(() => expect(result.current.data).toBeDefined())
  return { pos: () => result.current.data?.pos }
}

test('what makes an answer old fetches it again, later than at once and once for many events', async () => {
  const units = await shown()
  pos = 14
  live.onEvents([event('org.unit_changed', 12), event('org.unit_added', 13)])
  live.onEvents([event('sites.home_set', 14)])
  await vi.advanceTimersByTimeAsync(900)
  expect(asked()).toBe(1)
  await vi.advanceTimersByTimeAsync(5_000)
  expect([asked(), units.pos()]).toEqual([2, 14])
})

test('events of other topics, and those that are in it, leave it alone', async () => {
  await shown()
  live.onEvents([event('sites.site_added', 12), event('organisation.x', 13), event('org.unit_changed', 10)])
  await vi.advanceTimersByTimeAsync(60_000)
  expect(asked()).toBe(1)
})

test('what I did myself is there at once', async () => {
  const units = await shown()
  pos = 12
  live.onEvents([event('org.unit_changed', 12, '1')])
  await vi.advanceTimersByTimeAsync(100)
  expect(units.pos()).toBe(12)
})

test('an answer older than the one shown is not shown, and is asked for again', async () => {
  const units = await shown()
  pos = 8
  await refetchLive(client, 'org')
  expect([asked(), units.pos()]).toEqual([2, 10])
  pos = 12
  live.onEvents([event('org.unit_changed', 12)])
  await vi.advanceTimersByTimeAsync(6_000)
  expect(units.pos()).toBe(12)
})

test('an answer that is old when it comes is asked for again', async () => {
  live.onEvents([event('org.unit_changed', 12)])
  const units = await shown()
  expect(units.pos()).toBe(10)
  pos = 12
  await vi.advanceTimersByTimeAsync(6_000)
  expect(units.pos()).toBe(12)
})

test('where everything was fetched anew, so is this, of whatever log', async () => {
  const units = await shown()
  pos = 3
  live.onFetched()
  await vi.advanceTimersByTimeAsync(6_000)
  expect(units.pos()).toBe(3)
})
