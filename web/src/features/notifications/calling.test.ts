import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import type { EventFrame, Preferences } from '@/core/api'
import { sessionStore } from '@/core/session'
import { currentLog, updateLog } from '@/log'
import { showPresence } from '@/log/live/presence-store.ts'
import { applyEvent } from '@/log/reducer/apply-event.ts'
import { beginVisit, endVisit, room, type Visit } from '@/log/testing/companion-visit'
import { meOf, personOf } from '@/log/testing/people'
import { textContent } from '@/log/testing/random'
import './calling'
import { caller } from './companion'
import { permissionStore } from './permission'

/** What stands in the system's list, by tag. */
const standing = new Map<string, { title: string; body?: string; path: string }>()
/** Called anew, and not only brought up to date: titles. */
let calls: string[]
let visit: Visit
const locks = new Set<string>()

beforeEach(async () => {
  visit = await beginVisit(caller)
  vi.useFakeTimers()
  updateLog(state => ({ ...state, people: { ...state.people, '2': personOf('2', { name: '苏晚' }) } }))
  standing.clear()
  locks.clear()
  calls = []
  permissionStore.setState({ permission: 'granted' })
  vi.spyOn(document, 'hasFocus').mockReturnValue(false)
  vi.stubGlobal('navigator', Object.create(navigator, { serviceWorker: { value: worker }, locks: { value: held } }))
})

afterEach(() => endVisit(caller, visit))

const registration = {
  async showNotification(
    title: string,
    { tag = '', body, data, renotify }: NotificationOptions & { renotify?: boolean },
  ) {
    if (renotify || !standing.has(tag)) calls.push(title)
    standing.set(tag, { title, body, path: data.path })
  },
  async getNotifications({ tag }: { tag: string }) {
    return standing.has(tag) ? [{ close: () => standing.delete(tag) }] : []
  },
}
const worker = { getRegistration: async () => registration, ready: new Promise(() => {}) }
const held = {
  query: async () => ({ held: [...locks].map(name => ({ name })) }),
  request: async (name: string, _: unknown, work: (lock: object | null) => unknown) => {
    if (locks.has(name)) return await work(null)
    locks.add(name)
    await work({})
    locks.delete(name)
  },
}

function say(text: string, some: object = {}, actor = '2'): EventFrame {
  const data = {
    conversation: room,
    content: textContent(text),
    reply_to: null,
    mentions: [],
    mentions_all: false,
    ...some,
  }
  const event = visit.server.add('messaging.message_sent', `${2000 + visit.server.pos}`, actor, data)
  bring(event)
  return event
}

function bring(event: EventFrame): void {
  const before = currentLog()
  updateLog(state => applyEvent(state, event))
  caller.onEvents?.([event], before)
}

function choose(some: Partial<Preferences>): void {
  const me = meOf('1')
  sessionStore.setState({ me: { ...me, preferences: { ...me.preferences, ...some } } })
}

const later = (ms: number) => vi.advanceTimersByTimeAsync(ms)

test('who looks elsewhere is called, with who said what and where it leads', async () => {
  say('早')
  await later(3_000)
  expect([...standing]).toEqual([[room, { title: 'G', body: '苏晚: 早', path: `/messages/${room}` }]])
})

test('several messages are one call; a group that calls already is brought up to date silently; who is named is called again', async () => {
  say('one')
  say('two')
  await later(3_000)
  expect(standing.get(room)).toMatchObject({ title: 'G (2)', body: '苏晚: two' })
  say('three')
  await later(3_000)
  expect(standing.get(room)).toMatchObject({ body: '苏晚: three' })
  expect(calls).toEqual(['G (2)'])
  say('you', { mentions: ['1'] })
  say('and more')
  await later(9_000)
  expect(standing.get(room)).toMatchObject({ title: '苏晚 mentioned you in G', body: '苏晚: you' })
  expect(calls).toHaveLength(2)
})

test('nobody is called who looks at this page or at another tab, reads it meanwhile, wrote it, or wants no call', async () => {
  say('mine', {}, '1')
  await later(3_000)

  say('another tab has the focus')
  locks.add('bilin.focused')
  await later(3_000)
  locks.clear()

  choose({ quiet_until: Date.now() + 60_000 })
  say('do not disturb')
  await later(3_000)
  choose({ notify: 'mentions' })
  say('only when I am named')
  await later(3_000)
  choose({})

  const { id } = say('read on the phone')
  bring(visit.server.add('messaging.read_marked', '9000', '1', { conversation: room, through: id, shared: true }))
  await later(3_000)

  const { id: recalled } = say('taken back')
  bring(visit.server.add('messaging.message_recalled', '9001', '2', { conversation: room, message: recalled }))
  await later(3_000)

  vi.spyOn(document, 'hasFocus').mockReturnValue(true)
  say('here')
  await later(3_000)
  expect(calls).toEqual([])
})

test('what is read on another device calls no more', async () => {
  const { id } = say('早')
  await later(3_000)
  expect(standing.size).toBe(1)
  bring(visit.server.add('messaging.read_marked', '9000', '1', { conversation: room, through: id, shared: true }))
  await later(0)
  expect(standing.size).toBe(0)
})

test('while I am at another device, that one calls first', async () => {
  vi.spyOn(document, 'visibilityState', 'get').mockReturnValue('hidden')
  say('first, so that my presence is asked for')
  await later(3_000)
  calls = []
  standing.clear()
  showPresence({ '1': 'online' })
  say('there')
  await later(20_000)
  expect(calls).toEqual([])
  await later(20_000)
  expect(calls).toEqual(['G'])
})

test('two tabs call once', async () => {
  say('once')
  locks.add('bilin.call.2001')
  await later(3_000)
  expect(calls).toEqual([])
})

test('who signs out is called no more, and nothing said to them stays', async () => {
  say('早')
  await later(3_000)
  say('noch')
  caller.stop?.()
  await later(9_000)
  expect(standing.size).toBe(0)
})
