import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import type { EventFrame } from '@/core/api'
import { type Cache, type LogRecord, openCache } from '@/core/cache'
import { faultsStore } from '@/core/problems/faults'
import { sessionStore } from '@/core/session'
import { clearDraft, draftOf, setDraft } from '@/features/messages/drafts/drafts-store.ts'
import { retry, send, sentKey } from '../outbox/outbox.ts'
import { outgoingOf } from '../outbox/outbox-store.ts'
import { savedShape } from '../saved/saved-log.ts'
import { earlierCopy } from '../testing/earlier-copy.gen.ts'
import { type FakeFetch, problem } from '../testing/fake-fetch.ts'
import type { ModelServer } from '../testing/model-server.ts'
import { textContent } from '../testing/random.ts'
import { held, Visit } from '../testing/visit.ts'
import { connectionStore } from './connection-store.ts'
import { ensurePeople } from './ensure.ts'
import { findFrom, loadAround, loadNewest, loadOlder } from './load.ts'
import { typingStore } from './typing-store.ts'

let visit: Visit
let server: ModelServer
let network: FakeFetch

const { log, room, texts } = held
const say = (text: string) => visit.say(text)
const expectFresh = () => visit.expectFresh()

beforeEach(async () => {
  visit = await Visit.begin()
  ;({ server, network } = visit)
})

afterEach(() => visit.end())

describe('following', () => {
  test('fetches everything once, then follows the socket', async () => {
    await visit.goLive()
    expect(network.count('GET', '/sync')).toBe(1)
    expect(connectionStore.getState()).toMatchObject({ status: { phase: 'live' }, version: '1.0' })
    visit.browser.socket.say(say('hello'))
    await vi.waitFor(expectFresh)
    expect(texts('500').at(-1)).toBe('hello')
  })

  test('tries the first fetch until it succeeds', async () => {
    network.isDown = true
    visit.follow()
    await new Promise(resolve => setTimeout(resolve, 100))
    network.isDown = false
    await vi.waitFor(() => expect(visit.browser.sockets).toHaveLength(1))
    expectFresh()
  })

  test('catches up after every loss', async () => {
    await visit.goLive()
    visit.browser.socket.end()
    say('while away')
    await vi.waitFor(() => expect(visit.browser.sockets).toHaveLength(2))
    visit.answerStart()
    await vi.waitFor(expectFresh)
    expect(texts('500').at(-1)).toBe('while away')
    expect(network.count('GET', '/sync')).toBe(1)
  })

  test('fetches afresh when it is too far behind', async () => {
    await visit.goLive()
    for (let i = 0; i < 10; i++) say(`missed ${i}`)
    visit.browser.socket.say({ t: 'resync', reason: 'too_far' })
    await vi.waitFor(() => expect(visit.browser.socket.sent.at(-1)).toEqual({ t: 'start', run: '7', pos: server.pos }))
    expectFresh()
  })

  test('comes into a conversation it did not know', async () => {
    await visit.goLive()
    server.add('messaging.conversation_created', '9000', '2', {
      conversation: '9000',
      kind: 'group',
      title: 'Later',
      members: [{ person: '2', role: 'owner' }],
    })
    visit.browser.socket.say(
      server.add('messaging.members_added', '9001', '2', { conversation: '9000', people: ['1'] }),
    )
    await vi.waitFor(() => expect(room('9000').header.conversation.title).toBe('Later'))
    expectFresh()
    expect(room('9000').header.members?.get('1')?.role).toBe('member')
  })

  test('shows who writes until they have sent it', async () => {
    await visit.goLive()
    visit.browser.socket.say(
      { t: 'typing', conversation: '500', person: '2' },
      { t: 'typing', conversation: '500', person: '1' },
    )
    expect(typingStore.getState()['500']).toEqual(['2'])
    visit.browser.socket.say(say('done'))
    await vi.waitFor(() => expect(typingStore.getState()['500']).toEqual([]))
  })

  test('leaves when the session is ended elsewhere: only what nobody else has waits for the same person', async () => {
    await visit.goLive()
    setDraft('500', textContent('half a sentence'), null)
    const event = {
      t: 'event',
      pos: server.pos + 1,
      id: '9999',
      type: 'identity.session_revoked',
      actor: '1',
      key: null,
    }
    visit.browser.socket.say({ ...event, data: { session: '77' } })
    await vi.waitFor(() => expect(sessionStore.getState().phase).toBe('signed_out'))
    visit.stop()
    const cache = (await openCache('1')) as Cache
    await vi.waitFor(async () => expect(await cache.all('drafts')).toHaveLength(1))
    await vi.waitFor(async () => expect([await cache.all('log'), await cache.all('rooms')]).toEqual([[], []]))
    cache.close()
  })
})

describe('history', () => {
  test('is fetched page by page to its beginning', async () => {
    await visit.goLive()
    await loadNewest('500')
    expect(texts('500')).toHaveLength(121)
    expect(room('500').live.from).toBeNull()
  })

  test('of a conversation that is read opens with one page', async () => {
    server.add('messaging.read_marked', '4000', '1', { conversation: '500', through: `${2000 + 120}`, shared: true })
    await visit.goLive()
    await loadNewest('500')
    expect(room('500').live.messages).toHaveLength(50)
    await Promise.all([loadOlder('500'), loadOlder('500')])
    expect(room('500').live.messages).toHaveLength(100)
    expect(network.count('GET', '/conversations/500/messages')).toBe(2)
    await loadOlder('500')
    expect(room('500').live.from).toBeNull()
    await loadOlder('500')
    expect(network.count('GET', '/conversations/500/messages')).toBe(3)
  })

  test('is shown around a message, and tied to the newest when they meet', async () => {
    server.add('messaging.read_marked', '4000', '1', { conversation: '500', through: `${2000 + 120}`, shared: true })
    await visit.goLive()
    await loadNewest('500')
    await loadAround('500', '2020')
    expect(room('500').detour?.messages.some(message => message.id === '2020')).toBe(true)
    expect(room('500').live.from).not.toBeNull()
    await loadAround('500', '2060')
    expect(room('500').detour).toBeNull()
    expect(room('500').live.messages[0]?.id).toBe('1000')
  })

  test('is found from a moment on, what is held without asking', async () => {
    server.add('messaging.read_marked', '4000', '1', { conversation: '500', through: `${2000 + 120}`, shared: true })
    await visit.goLive()
    await loadNewest('500')
    const asked = network.count('GET', '/conversations/500/messages')
    expect(await findFrom('500', '2115')).toBe('2115')
    expect(await findFrom('500', '9999')).toBe('2120')
    expect(network.count('GET', '/conversations/500/messages')).toBe(asked)
    expect(await findFrom('500', '2020')).toBe('2020')
    expect(await findFrom('500', '1')).toBe('1000')
    expect(network.count('GET', '/conversations/500/messages')).toBe(asked + 2)
  })

  test('says when a message does not exist', async () => {
    await visit.goLive()
    await loadNewest('500')
    await expect(loadAround('500', '1')).rejects.toMatchObject({ status: 404 })
  })
})

describe('sending', () => {
  test('the event takes the place of the message on its way', async () => {
    await visit.goLive()
    await send('500', textContent('mine'))
    await vi.waitFor(() => expect(outgoingOf('500')[0]?.sent).not.toBeNull())
    const key = outgoingOf('500')[0]?.key
    const event = server.log.at(-1) as EventFrame
    visit.browser.socket.say(event)
    await vi.waitFor(() => expect(texts('500').at(-1)).toBe('mine'))
    expect(outgoingOf('500')).toEqual([])
    expect(sentKey(event.id)).toBe(key)
  })

  test('the event alone is enough, and nothing is doubled when the answer is lost', async () => {
    await visit.goLive()
    network.losesAnswers = true
    await send('500', textContent('mine'))
    await vi.waitFor(() => expect(server.log.at(-1)?.actor).toBe('1'))
    visit.browser.socket.say(server.log.at(-1) as EventFrame)
    await vi.waitFor(() => expect(outgoingOf('500')).toEqual([]))
    network.losesAnswers = false
    await new Promise(resolve => setTimeout(resolve, 500))
    expect(texts('500').filter(text => text === 'mine')).toHaveLength(1)
    expect(server.log.filter(event => event.actor === '1')).toHaveLength(1)
  })

  test('what was written without network is sent after a reload', async () => {
    await visit.goLive()
    await vi.waitFor(async () => expect((await indexedDB.databases()).length).toBe(1))
    network.isDown = true
    visit.browser.socket.end()
    await send('500', textContent('from the train'))
    await visit.reload()
    expect(outgoingOf('500')).toHaveLength(1)
    network.isDown = false
    visit.answerStart()
    await vi.waitFor(() => expect(server.log.at(-1)?.actor).toBe('1'))
    visit.browser.socket.say(server.log.at(-1) as EventFrame)
    await vi.waitFor(() => expect(outgoingOf('500')).toEqual([]))
    expect(texts('500').at(-1)).toBe('from the train')
  })

  test('a refused message can be sent again', async () => {
    await visit.goLive()
    network.on('POST', '/conversations/500/messages', () => problem(403, 'core.forbidden'))
    await send('500', textContent('mine'))
    await vi.waitFor(() => expect(outgoingOf('500')[0]?.failed?.code).toBe('core.forbidden'))
    network.on('POST', '/conversations/500/messages', visit.post)
    await retry(outgoingOf('500')[0]?.key ?? '')
    await vi.waitFor(() => expect(outgoingOf('500')[0]?.sent).not.toBeNull())
  })
})

describe('between visits', () => {
  test('the last known state is shown without the server, and caught up from its position', async () => {
    await visit.goLive()
    await loadNewest('500')
    network.isDown = true
    await visit.reload()
    expect(network.count('GET', '/sync')).toBe(1)
    expect(texts('500')).toHaveLength(50)
    const { pos } = log()
    say('later')
    network.isDown = false
    visit.answerStart()
    expect(visit.browser.socket.sent[0]).toEqual({ t: 'start', run: '7', pos })
    await vi.waitFor(expectFresh)
    expect(texts('500').at(-1)).toBe('later')
  })

  test('what another release stored of the log is fetched anew; drafts and unsent messages stay', async () => {
    await visit.goLive()
    setDraft('500', textContent('half a'), null)
    network.isDown = true
    await send('500', textContent('from the train'))
    await visit.leave()
    const cache = (await openCache('1')) as Cache
    await cache.put('log', { ...(await cache.get<LogRecord>('log', 'log')), shape: `${savedShape}x` })
    cache.close()
    network.isDown = false
    await visit.comeBack()
    expect(network.count('GET', '/sync')).toBe(2)
    expect(draftOf('500')?.content).toEqual(textContent('half a'))
    expect(outgoingOf('500')).toHaveLength(1)
    visit.answerStart()
    await vi.waitFor(() => expect(server.log.at(-1)?.actor).toBe('1'))
  })

  test('of an earlier release the copy is fetched anew; its draft is there, and what was unsent is sent', async () => {
    const cache = (await openCache('1')) as Cache
    for (const table of ['log', 'rooms', 'people', 'drafts', 'outbox'] as const) {
      for (const record of earlierCopy[table]) await cache.put(table, record)
    }
    cache.close()
    await visit.goLive()
    expect(network.count('GET', '/sync')).toBe(1)
    expect(draftOf('500')?.content).toEqual(textContent('half a sentence'))
    await vi.waitFor(() => expect(server.log.at(-1)).toMatchObject({ actor: '1', key: 'k1' }))
    await vi.waitFor(() => expect(outgoingOf('500')).toEqual([]))
  })

  test('drafts are kept', async () => {
    await visit.goLive()
    setDraft('500', textContent('half a'), null)
    setDraft('600', textContent('gone'), null)
    clearDraft('600')
    await visit.reload()
    expect(draftOf('500')?.content).toEqual(textContent('half a'))
    expect(draftOf('600')).toBeUndefined()
  })
})

describe('people', () => {
  test('that are missing are fetched together, and those who do not exist once', async () => {
    await visit.goLive()
    ensurePeople(['41', '42'])
    ensurePeople(['42', '900'])
    await vi.waitFor(() => expect(log().people['42']?.name).toBe('Person 42'))
    ensurePeople(['41', '900'])
    await new Promise(resolve => setTimeout(resolve, 60))
    expect(network.asked.filter(asked => asked.path === '/org/people').map(asked => asked.query.get('ids'))).toEqual([
      '41,42,900',
    ])
  })
})

describe('a fault in this client', () => {
  const spoil = (): EventFrame => {
    const event = say('poison')
    return { ...event, data: { ...event.data, mentions: null } } as unknown as EventFrame
  }

  test('while taking in what happened: everything is fetched afresh, and nothing is missing for ever', async () => {
    vi.spyOn(console, 'error').mockImplementation(() => {})
    await visit.goLive()
    visit.browser.socket.say(spoil())
    await vi.waitFor(() => expect(visit.browser.sockets).toHaveLength(2))
    visit.answerStart()
    await vi.waitFor(expectFresh)
    expect(texts('500').at(-1)).toBe('poison')
    expect(network.count('GET', '/sync')).toBe(2)
    expect(faultsStore.getState().count).toBeGreaterThan(0)
    await visit.reload()
    visit.answerStart()
    await vi.waitFor(expectFresh)
  })

  test('in what listens to the log: the log is not taken for faulty', async () => {
    vi.spyOn(console, 'error').mockImplementation(() => {})
    await visit.goLive()
    visit.browser.socket.say({ t: 'typing', conversation: '500', person: '2' })
    hideTypingFails()
    visit.browser.socket.say(say('fine'))
    await vi.waitFor(expectFresh)
    expect(network.count('GET', '/sync')).toBe(1)
  })
})

function hideTypingFails(): void {
  vi.spyOn(typingStore, 'setState').mockImplementationOnce(() => {
    throw new Error('a listener failed')
  })
}

describe('the connection', () => {
  test('is not lost before it was tried: on the sign-in page, and while the first fetch is slow', async () => {
    expect(connectionStore.getState().status.phase).toBe('idle')
    let answer = () => {}
    network.on('GET', '/sync', () => new Promise(resolve => (answer = () => resolve(server.sync(server.pos)))))
    visit.follow()
    await vi.waitFor(() => expect(network.count('GET', '/sync')).toBe(1))
    expect(connectionStore.getState().status.phase).toBe('idle')
    const before = Date.now()
    answer()
    await vi.waitFor(() => expect(visit.browser.sockets).toHaveLength(1))
    expect(connectionStore.getState().status.phase).toBe('connecting')
    expect(connectionStore.getState().status.since).toBeGreaterThanOrEqual(before)
  })

  test('counts as lost when the first fetch fails', async () => {
    network.isDown = true
    visit.follow()
    await vi.waitFor(() => expect(connectionStore.getState().status.phase).toBe('connecting'))
  })
})
