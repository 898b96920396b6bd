import { expect, test, vi } from 'vitest'
import type { Id } from '@/core/api'
import { applyEvent } from '../reducer/apply-event.ts'
import { type Asked, FakeFetch } from '../testing/fake-fetch.ts'
import { event, start } from '../testing/small-site.ts'
import { everybody, jitterMs } from './jitter.ts'
import { currentLog, setLog } from './log-store.ts'
import { audienceOf, refreshSoon, stopRefreshing } from './refresh.ts'

test('the more were told, the longer one may wait before asking', () => {
  const waits = (audience: number) => Array.from({ length: 200 }, () => jitterMs(audience))
  expect(Math.max(...waits(3))).toBeLessThan(50)
  const many = waits(everybody)
  expect(Math.min(...many)).toBeGreaterThan(1_000)
  expect(Math.max(...many) - Math.min(...many)).toBeGreaterThan(2_000)
})

test('of a change of people everybody is told, of one in a conversation its members', () => {
  const { state } = start()
  const renamed = applyEvent(state, event(2, 'org.person_changed', { person: '2', name: 'Li' }))
  expect(audienceOf(renamed, state)).toBe(everybody)
  const spoken = applyEvent(state, event(2, 'org.unit_changed', { unit: '3', locale: 'en' }))
  expect(audienceOf(spoken, state)).toBe(everybody)
  const wanted = (id: Id) => ({ ...state, wanted: { ...state.wanted, conversations: { [id]: true as const } } })
  expect(audienceOf(wanted('500'), state)).toBe(3)
  expect(audienceOf(wanted('999'), state)).toBe(0)
  expect(audienceOf(wanted('500'), wanted('500'))).toBe(0)
  const moved = (pos: number) => ({ ...state, wanted: { ...state.wanted, elsewhere: { '500': pos } } })
  expect(audienceOf(moved(2), state)).toBe(3)
  expect(audienceOf(moved(3), moved(2))).toBe(3)
  expect(audienceOf(moved(3), moved(3))).toBe(0)
})

test('where members are at home is asked for without the members', async () => {
  const { server, state } = start()
  const network = new FakeFetch().install()
  const limit = (asked: Asked) => Number(asked.query.get('limit'))
  network.on('GET', '/conversations/500', asked => server.conversation('500', 1, limit(asked)))
  setLog({ ...state, hasSites: true, wanted: { ...state.wanted, elsewhere: { '500': 1 } } })
  refreshSoon(0)
  await vi.waitFor(() => expect(currentLog()?.wanted.elsewhere).toEqual({}))
  expect(network.asked.map(limit)).toEqual([1])
  expect(currentLog()?.rooms['500']?.header.members).toBe(state.rooms['500']?.header.members)
  stopRefreshing()
  setLog(null)
})
