import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { Connection, type ConnectionListener } from './connection.ts'
import { FakeBrowser } from './fake-socket.ts'
import { type LogFrame, type ResyncReason, runIn } from './frames.ts'
import type { ConnectionStatus } from './status.ts'

class Listener implements ConnectionListener {
  run = '3'
  pos = 7
  frames: LogFrame[] = []
  batches = 0
  statuses: ConnectionStatus[] = []
  ended = 0
  faults: unknown[] = []
  refused = 0
  typing: string[] = []
  presence: object[] = []
  sites: object[] = []
  resync: (reason: ResyncReason) => Promise<void> = async () => {}

  position = () => ({ run: this.run, pos: this.pos })
  onFrames = (frames: LogFrame[]) => {
    this.batches += 1
    this.frames.push(...frames)
    this.pos = frames.at(-1)?.pos ?? this.pos
    this.run = runIn(frames) ?? this.run
  }
  onResync = (reason: ResyncReason) => this.resync(reason)
  onFault = (cause: unknown) => void this.faults.push(cause)
  onTyping = (conversation: string, person: string) => void this.typing.push(`${conversation} ${person}`)
  onPresence = (people: object) => void this.presence.push(people)
  onSites = (sites: object) => void this.sites.push(sites)
  onStatus = (status: ConnectionStatus) => void this.statuses.push(status)
  onSessionEnded = () => {
    this.ended += 1
  }
  onRefused = () => {
    this.refused += 1
  }
}

const ready = (pos: number) => ({ t: 'ready', pos, version: '1' })
const event = (pos: number) => ({ t: 'event', pos, id: `${pos}0`, type: 'x.happened', actor: '1', key: null, data: {} })

let browser: FakeBrowser
let listener: Listener
let connection: Connection

beforeEach(() => {
  vi.useFakeTimers()
  browser = new FakeBrowser()
  listener = new Listener()
  connection = new Connection(listener, browser)
})

afterEach(() => {
  connection.close()
  vi.useRealTimers()
})

function goLive(pos = 7): void {
  connection.open()
  browser.socket.accept()
  browser.socket.say(ready(pos))
}

describe('starting', () => {
  test('asks for everything after the position held, and is live when the server says so', () => {
    connection.open()
    expect(browser.socket.sent).toEqual([])
    browser.socket.accept()
    expect(browser.socket.sent).toEqual([{ t: 'start', run: '3', pos: 7 }])
    expect(listener.statuses.map(status => status.phase)).toEqual(['connecting'])
    browser.socket.say(event(8), event(9), ready(9))
    expect(listener.frames.map(frame => frame.pos)).toEqual([8, 9, 9])
    expect(listener.batches).toBe(1)
    expect(listener.statuses.at(-1)?.phase).toBe('live')
  })

  test('delivers a long absence in parts before it is live', () => {
    connection.open()
    browser.socket.accept()
    browser.socket.say(...Array.from({ length: 2_500 }, (_, index) => event(8 + index)))
    expect(listener.frames).toHaveLength(2_000)
    vi.advanceTimersByTime(50)
    expect(listener.frames).toHaveLength(2_500)
    expect(listener.batches).toBe(3)
  })

  test('a live event is delivered at once, and those right after it together', () => {
    goLive()
    vi.advanceTimersByTime(20)
    const before = listener.batches
    browser.socket.say(event(8))
    expect(listener.frames.at(-1)?.pos).toBe(8)
    browser.socket.say(event(9), event(10), event(11))
    expect(listener.frames.at(-1)?.pos).toBe(8)
    vi.advanceTimersByTime(16)
    expect(listener.frames.at(-1)?.pos).toBe(11)
    expect(listener.batches - before).toBe(2)
  })
})

describe('losing the connection', () => {
  test('comes back by itself from the position reached', () => {
    goLive()
    vi.advanceTimersByTime(20)
    browser.socket.say(event(8), event(9))
    browser.socket.end(1012)
    expect(listener.statuses.at(-1)?.phase).toBe('reconnecting')
    vi.advanceTimersByTime(299)
    expect(browser.sockets).toHaveLength(1)
    vi.advanceTimersByTime(1)
    browser.socket.accept()
    expect(browser.socket.sent[0]).toEqual({ t: 'start', run: '3', pos: 9 })
    browser.socket.say(ready(9))
    expect(listener.statuses.at(-1)?.phase).toBe('live')
  })

  test('comes back with the run that it was told last', () => {
    goLive()
    browser.socket.say({ t: 'pos', pos: 7, run: '4' }, event(8))
    browser.socket.end(1012)
    vi.advanceTimersByTime(300)
    browser.socket.accept()
    expect(browser.socket.sent[0]).toEqual({ t: 'start', run: '4', pos: 8 })
  })

  test('waits longer after every failure, ten seconds at most, and asks whether the session still holds', () => {
    connection.open()
    const waits: number[] = []
    for (let i = 0; i < 8; i++) {
      const began = Date.now()
      const sockets = browser.sockets.length
      browser.socket.end()
      while (browser.sockets.length === sockets) vi.advanceTimersByTime(100)
      waits.push(Date.now() - began)
    }
    expect(waits).toEqual([300, 600, 1200, 2400, 4800, 9600, 10_000, 10_000])
    expect(listener.refused).toBe(8)
  })

  test('a connection that lives again starts with short waits', () => {
    goLive()
    for (let i = 0; i < 3; i++) {
      browser.socket.end()
      vi.advanceTimersByTime(10_000)
    }
    browser.socket.accept()
    browser.socket.say(ready(7))
    browser.socket.end()
    const sockets = browser.sockets.length
    vi.advanceTimersByTime(300)
    expect(browser.sockets).toHaveLength(sockets + 1)
  })

  test('says since when it is not live', () => {
    goLive()
    vi.advanceTimersByTime(1000)
    const lostAt = Date.now()
    browser.socket.end()
    vi.advanceTimersByTime(4000)
    browser.change('offline')
    expect(listener.statuses.at(-1)).toEqual({ phase: 'offline', since: lostAt })
  })

  test('does not listen to a socket it gave up', () => {
    goLive()
    const old = browser.socket
    const speak = old.onmessage
    old.end()
    speak?.({ data: JSON.stringify(event(8)) })
    expect(listener.frames.filter(frame => frame.t === 'event')).toEqual([])
  })

  test('is tried at once when the network or the page comes back', () => {
    connection.open()
    for (let i = 0; i < 6; i++) {
      browser.socket.end()
      vi.advanceTimersByTime(10_000)
    }
    browser.socket.end()
    const sockets = browser.sockets.length
    browser.change('online')
    expect(browser.sockets).toHaveLength(sockets + 1)
    browser.socket.end()
    browser.change('visible')
    expect(browser.sockets).toHaveLength(sockets + 2)
  })
})

describe('a connection that died without a word', () => {
  test('is asked after 25 s and given up after 45 s', () => {
    goLive()
    vi.advanceTimersByTime(24_999)
    expect(browser.socket.sent).toHaveLength(1)
    vi.advanceTimersByTime(1)
    expect(browser.socket.sent.at(-1)).toEqual({ t: 'ping' })
    vi.advanceTimersByTime(19_999)
    expect(listener.statuses.at(-1)?.phase).toBe('live')
    vi.advanceTimersByTime(1)
    expect(browser.sockets[0]?.closed).toBe(true)
    expect(listener.statuses.at(-1)).toEqual({ phase: 'reconnecting', since: Date.now() - 20_000 })
  })

  test('lives on when it answers', () => {
    goLive()
    for (let i = 0; i < 10; i++) {
      vi.advanceTimersByTime(25_000)
      browser.socket.say({ t: 'pong', pos: 7 })
    }
    expect(browser.sockets).toHaveLength(1)
  })

  test('is found out within 5 s when the page becomes visible', () => {
    goLive()
    vi.advanceTimersByTime(10_000)
    browser.change('visible')
    expect(browser.socket.sent.at(-1)).toEqual({ t: 'ping' })
    vi.advanceTimersByTime(5_000)
    expect(browser.sockets[0]?.closed).toBe(true)
  })
})

describe('resync', () => {
  test('fetches afresh and starts again on the same socket', async () => {
    connection.open()
    browser.socket.accept()
    listener.resync = async () => {
      listener.pos = 500
    }
    browser.socket.say({ t: 'resync', reason: 'too_far' }, event(8))
    await vi.advanceTimersByTimeAsync(0)
    expect(listener.frames).toEqual([])
    expect(browser.sockets).toHaveLength(1)
    expect(browser.socket.sent).toEqual([
      { t: 'start', run: '3', pos: 7 },
      { t: 'start', run: '3', pos: 500 },
    ])
  })

  test('tries the fetch again until it succeeds', async () => {
    connection.open()
    browser.socket.accept()
    let tries = 0
    const reasons = new Set<ResyncReason>()
    listener.resync = async reason => {
      tries += 1
      reasons.add(reason)
      if (tries < 3) throw new Error('not yet')
      listener.pos = 500
    }
    browser.socket.say({ t: 'resync', reason: 'unknown_position' })
    await vi.advanceTimersByTimeAsync(900)
    expect(tries).toBe(3)
    expect([...reasons]).toEqual(['unknown_position'])
    expect(browser.socket.sent.at(-1)).toEqual({ t: 'start', run: '3', pos: 500 })
  })

  test('starts from the fetched position when the socket was lost meanwhile', async () => {
    connection.open()
    browser.socket.accept()
    let answer = () => {}
    listener.resync = () =>
      new Promise(resolve => {
        answer = resolve
      })
    browser.socket.say({ t: 'resync', reason: 'too_far' })
    browser.socket.end()
    listener.pos = 500
    answer()
    await vi.advanceTimersByTimeAsync(300)
    browser.socket.accept()
    expect(browser.socket.sent).toEqual([{ t: 'start', run: '3', pos: 500 }])
  })
})

describe('the end of the session', () => {
  test('is told, and nothing is tried again', () => {
    goLive()
    browser.socket.end(4401)
    vi.advanceTimersByTime(60_000)
    expect(listener.ended).toBe(1)
    expect(browser.sockets).toHaveLength(1)
  })
})

describe('announcements', () => {
  test('typing is told every three seconds at most, for each conversation', () => {
    goLive()
    connection.announce.typing('5')
    connection.announce.typing('5')
    connection.announce.typing('6')
    vi.advanceTimersByTime(3_000)
    connection.announce.typing('5')
    connection.announce.stopTyping('5')
    connection.announce.typing('5')
    const told = browser.socket.sent.filter(frame => frame.t === 'typing').map(frame => frame.conversation)
    expect(told).toEqual(['5', '6', '5', '5'])
  })

  test('whom I watch and whether I am here is told again after a reconnect', () => {
    goLive()
    connection.announce.watch(['9', '8', '9'])
    connection.announce.watch(['8', '9'])
    connection.announce.setActive(false)
    expect(browser.socket.sent.slice(1)).toEqual([
      { t: 'watch', people: ['8', '9'] },
      { t: 'active', active: false },
    ])
    browser.socket.end()
    vi.advanceTimersByTime(300)
    browser.socket.accept()
    expect(browser.socket.sent.slice(1)).toEqual([
      { t: 'watch', people: ['8', '9'] },
      { t: 'active', active: false },
    ])
  })

  test('passes on who writes and who is there, and stumbles over nothing it does not know', () => {
    goLive()
    browser.socket.say(
      { t: 'typing', conversation: '5', person: '2' },
      { t: 'presence', people: { 2: 'away' } },
      { t: 'new' },
    )
    browser.socket.onmessage?.({ data: 'not JSON' })
    expect(listener.typing).toEqual(['5 2'])
    expect(listener.presence).toEqual([{ 2: 'away' }])
  })
})
