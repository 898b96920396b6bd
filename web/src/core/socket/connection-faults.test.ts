import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { Connection, type ConnectionListener } from './connection.ts'
import { FakeBrowser } from './fake-socket.ts'
import type { LogFrame, ResyncReason } from './frames.ts'

/** A client that cannot take in some events, as one with a fault in a reducer. */
class Faulty implements ConnectionListener {
  pos = 7
  taken: number[] = []
  faults = 0
  fetches: ResyncReason[] = []
  /** Where `/sync` stands. */
  fresh = 0
  fails = new Set<number>()
  isFetchDown = false

  position = () => ({ run: '3', pos: this.pos })
  onFrames = (frames: LogFrame[]) => {
    if (frames.some(frame => this.fails.has(frame.pos))) throw new Error('a reducer failed')
    this.taken.push(...frames.map(frame => frame.pos))
    this.pos = frames.at(-1)?.pos ?? this.pos
  }
  onFault = () => void this.faults++
  onResync = async (reason: ResyncReason) => {
    this.fetches.push(reason)
    if (this.isFetchDown) throw new Error('no network')
    this.pos = this.fresh
  }
  onTyping = () => {}
  onPresence = () => {}
  onSites = () => {}
  onStatus = () => {}
  onSessionEnded = () => {}
  onRefused = () => {}
}

const ready = (pos: number) => ({ t: 'ready', pos, version: '1' })
const event = (pos: number) => ({ t: 'event', pos, id: `${pos}0`, type: 'x.happened', actor: '1', key: null, data: {} })

let browser: FakeBrowser
let listener: Faulty
let connection: Connection

beforeEach(() => {
  vi.useFakeTimers()
  browser = new FakeBrowser()
  listener = new Faulty()
  connection = new Connection(listener, browser)
  connection.open()
  browser.socket.accept()
  browser.socket.say(ready(7))
})

afterEach(() => {
  connection.close()
  vi.useRealTimers()
})

const wait = (ms: number) => vi.advanceTimersByTimeAsync(ms)

describe('frames that cannot be taken in', () => {
  test('lead to a fresh fetch, and the log is followed from there: no hole stays', async () => {
    listener.fails.add(8)
    listener.fresh = 9
    await wait(20)
    browser.socket.say(event(8), event(9))
    await wait(20)
    expect(listener.faults).toBe(1)
    expect(listener.fetches).toEqual(['not_taken_in'])
    expect(browser.sockets).toHaveLength(2)
    browser.socket.accept()
    expect(browser.socket.sent).toEqual([{ t: 'start', run: '3', pos: 9 }])
    browser.socket.say(event(10), ready(10))
    expect(listener.taken.slice(-2)).toEqual([10, 10])
  })

  test('do not move the position on by what comes while it is fetched', async () => {
    listener.fails.add(8)
    listener.isFetchDown = true
    await wait(20)
    browser.socket.say(event(8))
    browser.socket.say(event(9))
    await wait(1_000)
    expect(listener.pos).toBe(7)
    listener.isFetchDown = false
    listener.fresh = 9
    await wait(20_000)
    expect(listener.pos).toBe(9)
  })

  test('again and again are no loop: fetches become rarer', async () => {
    for (let pos = 8; pos < 200; pos++) listener.fails.add(pos)
    await wait(20)
    for (let pos = 8; pos < 68; pos++) {
      listener.fresh = pos
      browser.socket.say(event(pos))
      await wait(1_000)
      if (browser.socket.sent.length === 0) {
        browser.socket.accept()
        browser.socket.say(ready(listener.pos))
      }
    }
    expect(listener.fetches.length).toBeGreaterThan(3)
    expect(listener.fetches.length).toBeLessThan(20)
  })

  test('of a socket that is lost meanwhile are asked for again', async () => {
    listener.fails.add(8)
    listener.isFetchDown = true
    await wait(20)
    browser.socket.say(event(8))
    browser.socket.end()
    await wait(1_000)
    listener.fails.clear()
    browser.socket.accept()
    expect(browser.socket.sent[0]).toEqual({ t: 'start', run: '3', pos: 7 })
    browser.socket.say(event(8), ready(8))
    expect(listener.taken.slice(-2)).toEqual([8, 8])
  })
})

describe('frames that no server sends', () => {
  const broken: [string, unknown][] = [
    ['no JSON', '{"t":"event","pos":8'],
    ['no object', 'null'],
    ['no kind', '{"pos":8}'],
    ['no text', new ArrayBuffer(8)],
    ['an event without a position', JSON.stringify({ ...event(8), pos: undefined })],
    ['an event with a position that is no number', JSON.stringify({ ...event(8), pos: '8' })],
    ['an event without data', JSON.stringify({ ...event(8), data: null })],
    ['an event without a type', JSON.stringify({ ...event(8), type: 7 })],
    ['a position that is none', JSON.stringify({ t: 'pos', pos: -1 })],
  ]

  test.each(broken)('%s: everything is fetched afresh', async (_, text) => {
    listener.fresh = 8
    await wait(20)
    browser.socket.onmessage?.({ data: text as string })
    await wait(20)
    expect(listener.fetches).toEqual(['not_taken_in'])
    expect(listener.pos).toBe(8)
  })

  test('a kind that is not known here is passed over', async () => {
    browser.socket.say({ t: 'weather', pos: 12 })
    await wait(20)
    expect([listener.faults, listener.fetches, listener.pos]).toEqual([0, [], 7])
  })
})
