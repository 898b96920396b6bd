import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { resetUnkept, unkeptStore } from '../saved/unkept.ts'
import { type Asked, FakeFetch, problem } from '../testing/fake-fetch.ts'
import { textContent } from '../testing/random.ts'
import { findOutgoing, outgoingOf, resetOutbox, setOutgoing } from './outbox-store.ts'
import { fromStored, type Outgoing, type StoredOutgoing, toStored } from './outgoing.ts'
import { Sender } from './sender.ts'
import { memoryStorage, type OutboxStorage } from './storage.ts'

const path = '/conversations/(\\d+)/messages'

let network: FakeFetch
let storage: OutboxStorage
let sender: Sender
let reached: number
/** What the server has, by key: sent again with the same key it is the same message. */
let taken: Map<string, number>
let told: string[]

function take({ key }: Asked): object {
  const known = taken.get(key ?? '')
  const pos = known ?? taken.size + 1
  taken.set(key ?? '', pos)
  return { id: `${pos}000`, pos }
}

function message(key: string, conversation = '5'): Outgoing {
  const at = 1000 + Number.parseInt(key, 36)
  return { key, conversation, content: textContent(key), reply_to: null, at, failed: null, sent: null }
}

function newSender(): Sender {
  return new Sender({ person: '1', storage, isKnown: (_, { pos }) => pos <= reached, tell: key => told.push(key) })
}

beforeEach(() => {
  vi.useFakeTimers()
  network = new FakeFetch().install().on('POST', path, take)
  storage = memoryStorage()
  reached = 0
  taken = new Map()
  told = []
  sender = newSender()
})

afterEach(() => {
  sender.stop()
  resetOutbox()
  resetUnkept()
  vi.useRealTimers()
  vi.unstubAllGlobals()
})

const settled = () => vi.advanceTimersByTimeAsync(0)

describe('the outbox', () => {
  test('shows a message at once, keeps it, and sends it with its key', async () => {
    const adding = sender.add(message('a'))
    expect(outgoingOf('5').map(outgoing => outgoing.key)).toEqual(['a'])
    await adding
    expect(await storage.has('a')).toBe(true)
    await settled()
    expect(network.asked.map(asked => asked.key)).toEqual(['a'])
    expect(network.asked[0]?.body).toEqual({ content: textContent('a') })
    expect(findOutgoing('a')?.sent).toEqual({ id: '1000', pos: 1 })
  })

  test('a sent message stays in its place until the log has reached it', async () => {
    reached = 1
    await sender.add(message('a'))
    await sender.add(message('b'))
    await settled()
    expect(findOutgoing('a')).toBeUndefined()
    expect(await storage.has('a')).toBe(false)
    expect(findOutgoing('b')?.sent?.pos).toBe(2)
    expect(await storage.has('b')).toBe(true)
  })

  test('sends in order, one after the other within a conversation', async () => {
    let open = 0
    network.on('POST', path, async asked => {
      open += 1
      expect(open).toBe(1)
      await Promise.resolve()
      open -= 1
      return take(asked)
    })
    await Promise.all(['a', 'b', 'c', 'd'].map(key => sender.add(message(key))))
    await settled()
    expect(network.asked.map(asked => asked.key)).toEqual(['a', 'b', 'c', 'd'])
  })

  test('a message that could not be stored is sent all the same, and said to be in memory alone', async () => {
    vi.spyOn(console, 'error').mockImplementation(() => {})
    storage = { ...storage, isLasting: true, put: () => Promise.reject(new DOMException('full', 'QuotaExceededError')) }
    sender = newSender()
    network.isDown = true
    await sender.add(message('a'))
    await settled()
    expect(outgoingOf('5').map(outgoing => outgoing.key)).toEqual(['a'])
    expect([...unkeptStore.getState().names]).toEqual(['message a'])
    network.isDown = false
    reached = 1
    await vi.advanceTimersByTimeAsync(1_000)
    expect([...taken.keys()]).toEqual(['a'])
    expect(outgoingOf('5')).toEqual([])
    expect(unkeptStore.getState().names.size).toBe(0)
  })

  test('one that was stored and whose next state could not be is sent once', async () => {
    vi.spyOn(console, 'error').mockImplementation(() => {})
    const lasting = { ...storage, isLasting: true }
    let isFull = false
    storage = { ...lasting, put: one => (isFull ? Promise.reject(new Error('full')) : lasting.put(one)) }
    sender = newSender()
    network.isDown = true
    await sender.add(message('a'))
    isFull = true
    network.isDown = false
    await vi.advanceTimersByTimeAsync(1_000)
    expect([...taken.keys()]).toEqual(['a'])
    expect(findOutgoing('a')?.sent).toEqual({ id: '1000', pos: 1 })
  })

  test('without any storage a message that waits is said to be in memory alone', async () => {
    network.isDown = true
    await sender.add(message('a'))
    expect([...unkeptStore.getState().names]).toEqual(['message a'])
    await sender.drop(message('a'))
    expect(unkeptStore.getState().names.size).toBe(0)
  })

  test('a slow conversation does not hold up another', async () => {
    network.on('POST', '/conversations/(5)/messages', () => new Promise(() => {}))
    await sender.add(message('a', '5'))
    await sender.add(message('b', '6'))
    await settled()
    expect(findOutgoing('b')?.sent).not.toBeNull()
  })

  test('without network it tries again and again, in order, and sends each once', async () => {
    network.isDown = true
    await sender.add(message('a'))
    await sender.add(message('b'))
    await vi.advanceTimersByTimeAsync(60_000)
    expect(taken.size).toBe(0)
    expect(outgoingOf('5').every(outgoing => !outgoing.failed && !outgoing.sent)).toBe(true)
    network.isDown = false
    sender.kickAll()
    await settled()
    expect([...taken.keys()]).toEqual(['a', 'b'])
  })

  test('a lost answer is asked for again with the same key: the message is one', async () => {
    network.losesAnswers = true
    await sender.add(message('a'))
    await settled()
    expect(taken.size).toBe(1)
    expect(findOutgoing('a')?.sent).toBeNull()
    network.losesAnswers = false
    await vi.advanceTimersByTimeAsync(1_000)
    expect(findOutgoing('a')?.sent).toEqual({ id: '1000', pos: 1 })
    expect(taken.size).toBe(1)
    expect(network.asked).toHaveLength(2)
  })

  test('when the event comes though the answer was lost, nothing is sent again', async () => {
    network.losesAnswers = true
    await sender.add(message('a'))
    await settled()
    const outgoing = findOutgoing('a') as Outgoing
    await sender.drop(outgoing)
    network.losesAnswers = false
    await vi.advanceTimersByTimeAsync(60_000)
    expect(network.asked).toHaveLength(1)
    expect(outgoingOf('5')).toEqual([])
  })

  test('when the event comes before the answer, the answer changes nothing', async () => {
    network.on('POST', path, async asked => {
      await sender.drop(findOutgoing('a') as Outgoing)
      return take(asked)
    })
    await sender.add(message('a'))
    await settled()
    expect(outgoingOf('5')).toEqual([])
    expect(await storage.all()).toEqual([])
  })

  test('waits as long as the server says', async () => {
    let refusals = 1
    network.on('POST', path, asked =>
      refusals-- > 0 ? problem(429, 'core.too_many', { 'Retry-After': '7' }) : take(asked),
    )
    await sender.add(message('a'))
    await vi.advanceTimersByTimeAsync(6_900)
    expect(network.asked).toHaveLength(1)
    await vi.advanceTimersByTimeAsync(200)
    expect(findOutgoing('a')?.sent).not.toBeNull()
  })

  test('a restarting server is waited for', async () => {
    let refusals = 30
    network.on('POST', path, asked => (refusals-- > 0 ? problem(503, 'core.unavailable') : take(asked)))
    await sender.add(message('a'))
    await vi.advanceTimersByTimeAsync(10 * 60_000)
    expect(findOutgoing('a')?.sent).not.toBeNull()
  })

  test('a refused message stays, failed, and the next ones go on', async () => {
    network.on('POST', path, asked => (asked.key === 'a' ? problem(403, 'core.forbidden') : take(asked)))
    await sender.add(message('a'))
    await sender.add(message('b'))
    await settled()
    expect(findOutgoing('a')?.failed).toMatchObject({ status: 403, code: 'core.forbidden' })
    expect(findOutgoing('b')?.sent).not.toBeNull()
    await vi.advanceTimersByTimeAsync(60_000)
    expect(network.asked).toHaveLength(2)
  })

  test('a message that makes the server stumble every time fails in the end', async () => {
    network.on('POST', path, () => problem(500, 'core.unexpected'))
    await sender.add(message('a'))
    await vi.advanceTimersByTimeAsync(5 * 60_000)
    expect(findOutgoing('a')?.failed?.code).toBe('core.unexpected')
    expect(network.asked).toHaveLength(9)
  })

  test('waits when the session has ended', async () => {
    let isSignedIn = false
    network.on('POST', path, asked => (isSignedIn ? take(asked) : problem(401, 'identity.not_signed_in')))
    await sender.add(message('a'))
    await vi.advanceTimersByTimeAsync(60_000)
    expect(network.asked).toHaveLength(1)
    expect(findOutgoing('a')).toMatchObject({ failed: null, sent: null })
    isSignedIn = true
    sender.kickAll()
    await settled()
    expect(findOutgoing('a')?.sent).not.toBeNull()
  })

  test('survives a reload', async () => {
    network.isDown = true
    await sender.add(message('a'))
    await sender.add({ ...message('b'), reply_to: { id: '9', sender: '2', text: 'before', recalled: false } })
    sender.stop()
    resetOutbox()
    network.isDown = false
    sender = newSender()
    for (const outgoing of await storage.all()) setOutgoing(outgoing)
    sender.kickAll()
    await settled()
    expect(network.asked.map(asked => [asked.key, asked.body?.reply_to])).toEqual([
      ['a', undefined],
      ['b', '9'],
    ])
  })

  test('does not send what another tab has sent or deleted meanwhile', async () => {
    setOutgoing(message('a'))
    sender.kickAll()
    await settled()
    expect(network.asked).toEqual([])
    expect(outgoingOf('5')).toEqual([])
  })

  test('tells the other tabs of every change', async () => {
    reached = 1
    await sender.add(message('a'))
    await settled()
    expect(told).toEqual(['a', 'a'])
  })

  test('keeps why a message failed between visits', () => {
    const failed = { ...message('a'), failed: null }
    const stored: StoredOutgoing = toStored(failed)
    expect(fromStored(structuredClone(stored))).toEqual(failed)
    const refused = fromStored({
      ...stored,
      failed: { status: 403, code: 'x', detail: 'no', hint: 'ask', details: { a: 1 } },
    })
    expect(fromStored(structuredClone(toStored(refused))).failed).toMatchObject({
      status: 403,
      code: 'x',
      hint: 'ask',
      message: 'no',
      details: { a: 1 },
    })
  })
})
