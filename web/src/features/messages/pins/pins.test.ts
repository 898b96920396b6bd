import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import type { EventFrame } from '@/core/api'
import type { Cache } from '@/core/cache'
import { currentLog, updateLog } from '@/log/live/log-store.ts'
import { flagsNamed } from '@/log/message-flags.ts'
import { flagsStore } from '@/log/outbox/flags-store.ts'
import { applyEvents } from '@/log/reducer/apply-event.ts'
import { beginVisit, endVisit, room, type Visit } from '@/log/testing/companion-visit.ts'
import { type FakeFetch, problem } from '@/log/testing/fake-fetch.ts'
import type { ModelServer } from '@/log/testing/model-server.ts'
import { meOf } from '@/log/testing/people.ts'
import { textContent } from '@/log/testing/random.ts'
import { toasts } from '@/ui'
import { isPinned, pinFlags } from './pins.ts'

const path = `/conversations/${room}/messages/(\\d+)/pin`
let server: ModelServer
let network: FakeFetch
let cache: Cache
let visit: Visit

function say(id: string): void {
  const data = { conversation: room, content: textContent(id), reply_to: null, mentions: [], mentions_all: false }
  server.add('messaging.message_sent', id, '2', data)
}

function pin(id: string, message: string, present = true, actor = '2'): EventFrame {
  return server.add('messaging.pin_set', id, actor, { conversation: room, message, present })
}

/** What came since. */
function arrive(...events: EventFrame[]): void {
  updateLog(state => applyEvents(state, events))
  pinFlags.onEvents(events)
}

const there = () =>
  flagsNamed('pins')
    .of(currentLog()?.rooms[room]?.header as never)
    ?.map(({ message, id }) => [message, id])
const isOn = (id: string) => isPinned({ conversation: room, id })
const waiting = () => Object.keys(flagsStore.getState())
const asked = () => network.asked.map(({ method, path: at }) => `${method} ${at.match(/(\d+)\/pin/)?.[1]}`)
const settled = () => vi.advanceTimersByTimeAsync(0)

beforeEach(async () => {
  visit = await beginVisit(pinFlags, began => {
    server = began
    for (const id of ['2001', '2002', '2003']) say(id)
    pin('2500', '2001')
  })
  network = visit.network
  cache = visit.cache
})

afterEach(() => endVisit(pinFlags, visit))

describe('pins', () => {
  test('are as fetched, then as events say: the latest by id counts, in whatever order and however often they come', () => {
    expect(there()).toEqual([['2001', '2500']])
    const [set, off, again] = [pin('2600', '2002'), pin('2601', '2002', false), pin('2602', '2001')]
    arrive(set, off, again)
    expect(there()).toEqual([['2001', '2602']])
    arrive(set, again)
    expect(there()).toEqual([['2001', '2602']])
    const [late, later] = [pin('2604', '2003', false), pin('2603', '2003')]
    arrive(late, later)
    expect(there()).toEqual([['2001', '2602']])
  })

  test('go with what is recalled, and do not come back by a pin that comes late', () => {
    arrive(server.add('messaging.message_recalled', '2700', '2', { conversation: room, message: '2001' }))
    expect(there()).toEqual([])
    arrive(pin('2701', '2001'))
    expect(there()).toEqual([])
  })

  test('of a message that is not held, pinned at another site, are taken to be there until a fetch tells', () => {
    const elsewhere = String((2n << 12n) + (10n << 22n))
    arrive(pin(elsewhere, '1999'))
    expect(currentLog()?.wanted.conversations).toEqual({ [room]: true })
  })
})

describe('a pin of mine', () => {
  test('shows at once and is done once its event is in', async () => {
    network.on('PUT', path, () => ({ id: '2800', pos: server.pos + 1 }))
    pinFlags.set(room, '2002', true)
    pinFlags.set(room, '2002', true)
    expect(isOn('2002')).toBe(true)
    await vi.waitFor(() => expect(flagsStore.getState()['pin 2002']?.sent).not.toBeNull())
    expect(asked()).toEqual(['PUT 2002'])
    arrive(pin('2800', '2002', true, '1'))
    expect([waiting(), isOn('2002')]).toEqual([[], true])
    await vi.waitFor(async () => expect(await cache.all('flags')).toEqual([]))
  })

  test('is told by its event though the answer was lost', async () => {
    network.on('PUT', path, () => new Promise(() => {}))
    pinFlags.set(room, '2002', true)
    const { key } = flagsStore.getState()['pin 2002'] ?? { key: '' }
    arrive(server.add('messaging.pin_set', '2800', '1', { conversation: room, message: '2002', present: true }, key))
    expect([waiting(), isOn('2002')]).toEqual([[], true])
  })

  test('waits without network, outlives the page, and is done with the same key when the line is back', async () => {
    network.isDown = true
    pinFlags.set(room, '2002', true)
    await vi.waitFor(async () => expect(await cache.all('flags')).toHaveLength(1))
    const { key } = flagsStore.getState()['pin 2002'] ?? {}
    pinFlags.stop()
    expect(isOn('2002')).toBe(false)
    await pinFlags.start(meOf('1'), cache)
    expect(isOn('2002')).toBe(true)
    network.isDown = false
    network.on('PUT', path, () => ({ id: null, pos: null }))
    pinFlags.onLive()
    await vi.waitFor(() => expect(waiting()).toEqual([]))
    expect(network.asked.at(-1)?.key).toBe(key)
  })

  test('that I took back before anybody heard of it is not told', async () => {
    vi.useFakeTimers()
    network.isDown = true
    pinFlags.set(room, '2002', true)
    await settled()
    pinFlags.set(room, '2002', false)
    expect(waiting()).toEqual([])
    network.isDown = false
    pinFlags.onLive()
    await vi.advanceTimersByTimeAsync(60_000)
    expect(asked()).toEqual([])
  })

  test('that I took back while the server was asked is told after it', async () => {
    let answer: (value: unknown) => void = () => {}
    network.on('PUT', path, () => new Promise(resolve => (answer = resolve)))
    network.on('DELETE', path, () => ({ id: '2801', pos: server.pos + 2 }))
    pinFlags.set(room, '2002', true)
    await vi.waitFor(() => expect(asked()).toEqual(['PUT 2002']))
    pinFlags.set(room, '2002', false)
    expect([asked(), isOn('2002')]).toEqual([['PUT 2002'], false])
    answer({ id: '2800', pos: server.pos + 1 })
    await vi.waitFor(() => expect(asked()).toEqual(['PUT 2002', 'DELETE 2002']))
  })

  test('that is refused is taken back, and said', async () => {
    const show = vi.spyOn(toasts, 'show')
    network.on('PUT', path, () => problem(409, 'messaging.too_many_pins'))
    pinFlags.set(room, '2002', true)
    await vi.waitFor(() => expect(show).toHaveBeenCalledOnce())
    expect(show.mock.lastCall?.[0]).toMatchObject({
      title: 'The message was not pinned.',
      description: 'Too many messages are pinned here. Unpin some of them first.',
    })
    expect([waiting(), isOn('2002')]).toEqual([[], false])
  })

  test('that was acknowledged by a log that was restored since is told again', async () => {
    network.on('PUT', path, () => ({ id: '2800', pos: server.pos + 9 }))
    pinFlags.set(room, '2002', true)
    await vi.waitFor(() => expect(flagsStore.getState()['pin 2002']?.sent).not.toBeNull())
    pinFlags.onRestored()
    pinFlags.onLive()
    await vi.waitFor(() => expect(asked()).toEqual(['PUT 2002', 'PUT 2002']))
    expect(new Set(network.asked.map(({ key }) => key)).size).toBe(1)
  })
})
