import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { draftOf, setDraft } from '@/features/messages/drafts/drafts-store.ts'
import { markRead, readOf } from '@/features/messages/read/read-marks.ts'
import { send } from '../outbox/outbox.ts'
import { outgoingOf } from '../outbox/outbox-store.ts'
import type { FakeFetch } from '../testing/fake-fetch.ts'
import type { ModelServer } from '../testing/model-server.ts'
import { textContent } from '../testing/random.ts'
import { held, Visit } from '../testing/visit.ts'
import { loadNewest } from './load.ts'

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

describe('a log that was restored from a backup', () => {
  /** The server stops, and goes on from what it was at a position, in another run. */
  function putBack(pos: number): void {
    visit.browser.socket.end()
    server.log.splice(pos)
    server.run = '8'
  }

  /** What the server says to a position that its log has not. */
  async function refuseStart(): Promise<void> {
    await vi.waitFor(() => expect(visit.browser.sockets).toHaveLength(2))
    visit.browser.socket.accept()
    visit.browser.socket.say({ t: 'resync', reason: 'unknown_position' })
    await vi.waitFor(() => expect(visit.browser.socket.sent.at(-1)).toMatchObject({ t: 'start', run: '8' }))
  }

  test('takes with it what it lost, and gives what it gave anew at the same positions', async () => {
    await visit.goLive()
    for (const text of ['lost 1', 'lost 2', 'lost 3']) visit.browser.socket.say(say(text))
    await loadNewest('500')
    expect(texts('500').slice(-3)).toEqual(['lost 1', 'lost 2', 'lost 3'])
    putBack(121)
    say('new 1')
    await refuseStart()
    visit.catchUp()
    visit.browser.socket.say(say('new 2'))
    await vi.waitFor(expectFresh)
    await loadNewest('500')
    expect(texts('500').slice(-3)).toEqual(['120', 'new 1', 'new 2'])
    expect(log()).toMatchObject({ run: '8', began: '8', pos: 123 })
  })

  test('says how far I have read: what I saw of what was lost counts for nothing', async () => {
    await visit.goLive()
    await loadNewest('500')
    visit.browser.socket.say(say('lost 1'))
    await vi.waitFor(() => expect(texts('500').at(-1)).toBe('lost 1'))
    network.isDown = true
    markRead('500', `${server.log.at(-1)?.id}`)
    expect(readOf(room('500'))).toBe(121)
    network.isDown = false
    putBack(60)
    for (let i = 0; i < 70; i++) say(`new ${i}`)
    await refuseStart()
    visit.catchUp()
    expect(readOf(room('500'))).toBe(0)
    expect(room('500').header.conversation.last_seq).toBe(129)
    expect(network.count('POST', '/conversations/500/read')).toBe(1)
  })

  test('gets what waited for it, and what it had acknowledged and whose event was not seen', async () => {
    await visit.goLive()
    await send('500', textContent('acknowledged'))
    await vi.waitFor(() => expect(outgoingOf('500')[0]?.sent?.pos).toBe(122))
    setDraft('500', textContent('half a'), null)
    network.isDown = true
    putBack(60)
    await send('500', textContent('waiting'))
    network.isDown = false
    await refuseStart()
    const waits = outgoingOf('500').map(({ content }) => JSON.stringify(content))
    const shown = [...waits, ...texts('500').map(text => JSON.stringify(textContent(text ?? '')))]
    for (const text of ['acknowledged', 'waiting'])
      expect(shown.filter(each => each === JSON.stringify(textContent(text)))).toHaveLength(1)
    expect(waits).toContain(JSON.stringify(textContent('acknowledged')))
    visit.catchUp()
    await vi.waitFor(() => expect(server.log.filter(event => event.actor === '1')).toHaveLength(2))
    visit.browser.socket.say(...server.log.slice(60))
    await vi.waitFor(() => expect(outgoingOf('500')).toEqual([]))
    await loadNewest('500')
    expect(texts('500').slice(-3).toSorted()).toEqual(['59', 'acknowledged', 'waiting'])
    expect(draftOf('500')?.content).toEqual(textContent('half a'))
    expectFresh()
  })

  test('a message answered before the new state is fetched stays in sight', async () => {
    await visit.goLive()
    putBack(60)
    await send('500', textContent('quick'))
    await vi.waitFor(() => expect(outgoingOf('500')[0]?.sent?.pos).toBe(61))
    await refuseStart()
    expect(texts('500')).toEqual(['quick'])
    expect(outgoingOf('500')).toEqual([])
    visit.catchUp()
    expect(server.log.filter(event => event.actor === '1')).toHaveLength(1)
  })

  test('is known after a reload, too: what was stored is dropped', async () => {
    await visit.goLive()
    visit.browser.socket.say(say('lost 1'))
    await loadNewest('500')
    await vi.waitFor(expectFresh)
    server.log.splice(121)
    server.run = '8'
    await visit.reload()
    visit.browser.socket.accept()
    expect(visit.browser.socket.sent).toEqual([{ t: 'start', run: '7', pos: 122 }])
    visit.browser.socket.say({ t: 'resync', reason: 'unknown_position' })
    await vi.waitFor(() => expect(visit.browser.socket.sent.at(-1)).toEqual({ t: 'start', run: '8', pos: 121 }))
    await visit.reload()
    expect(texts('500')).toEqual(['120'])
    visit.browser.socket.accept()
    expect(visit.browser.socket.sent[0]).toEqual({ t: 'start', run: '8', pos: 121 })
  })
})
