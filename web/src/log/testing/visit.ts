/** For tests: somebody's visit to a site with one group of 120 messages, between a fake network and a fake socket. */
import { expect, vi } from 'vitest'
import type { EventFrame, Id, Me } from '@/core/api'
import { type Cache, openCache, wipeCache } from '@/core/cache'
import { sessionStore } from '@/core/session'
import { FakeBrowser } from '@/core/socket/fake-socket.ts'
import { drafts } from '@/features/messages/drafts/companion'
import { draftsStore } from '@/features/messages/drafts/drafts-store'
import { readMarks } from '@/features/messages/read/read-marks'
import { recalledWords } from '@/features/messages/recalled/recalled-words'
import { installCompanions } from '../companion.ts'
import { followLog } from '../live/follow.ts'
import { currentLog } from '../live/log-store.ts'
import { asFetched } from '../reducer/as-fetched.ts'
import type { State } from '../reducer/state.ts'
import { changesBetween } from '../saved/saved-log.ts'
import { type Asked, FakeFetch, problem } from './fake-fetch.ts'
import { ModelServer } from './model-server.ts'
import { meOf, personOf } from './people.ts'
import { textContent } from './random.ts'

export class Visit {
  readonly server = new ModelServer('1', ['1', '2'])
  readonly network = new FakeFetch()
  browser = new FakeBrowser()
  stop = () => {}

  static async begin(): Promise<Visit> {
    await wipeCache('1')
    installCompanions([drafts, recalledWords, readMarks])
    const visit = new Visit()
    visit.fill()
    visit.answer()
    sessionStore.setState({ phase: 'signed_in', me: visit.me(), pending: {} })
    return visit
  }

  end(): void {
    this.stop()
    vi.unstubAllGlobals()
  }

  follow(): void {
    this.stop = followLog(this.me(), this.browser)
  }

  async goLive(): Promise<void> {
    this.follow()
    await vi.waitFor(() => expect(this.browser.sockets).toHaveLength(1))
    this.answerStart()
  }

  /** As when the tab is closed: only what is stored is left. */
  async leave(): Promise<void> {
    await store()
    this.stop()
  }

  async comeBack(): Promise<void> {
    this.browser = new FakeBrowser()
    this.follow()
    await vi.waitFor(() => expect(this.browser.sockets).toHaveLength(1))
  }

  async reload(): Promise<void> {
    await this.leave()
    await this.comeBack()
  }

  /** The server's side of the socket that was opened. */
  answerStart(): void {
    this.browser.socket.accept()
    this.catchUp()
  }

  /** What is after the position the client asked for, then ready. */
  catchUp(): void {
    const { pos } = this.browser.socket.sent.at(-1) as { pos: number }
    this.browser.socket.say(...this.server.log.slice(pos).filter(event => this.server.reaches(event)))
    this.browser.socket.say({ t: 'ready', pos: this.server.pos, version: '1.0' })
  }

  /** What is after a position, as the socket brings it. */
  catchUpFrom(pos: number): void {
    this.browser.socket.say(...this.server.log.slice(pos).filter(event => this.server.reaches(event)))
  }

  me(): Me {
    return meOf(this.server.me)
  }

  say(text: string, actor: Id = '2', key: string | null = null): EventFrame {
    const data = { conversation: '500', content: textContent(text), reply_to: null, mentions: [], mentions_all: false }
    return this.server.add('messaging.message_sent', `${2000 + this.server.pos}`, actor, data, key)
  }

  /** What a fresh fetch gives is what is held. */
  expectFresh(): void {
    expect(asFetched(held.log()).conversations).toEqual(this.server.sync(this.server.pos).conversations)
    expect(held.log().pos).toBe(this.server.pos)
  }

  /** The route that takes messages: with the same key it is the same message. */
  readonly post = ({ body, key }: Asked): object => {
    const known = this.server.log.find(event => event.key === key && key !== null)
    const content = body?.content as ReturnType<typeof textContent>
    const data = { conversation: '500', content, reply_to: null, mentions: [], mentions_all: false }
    const event = known ?? this.server.add('messaging.message_sent', `${2000 + this.server.pos}`, '1', data, key)
    return { id: event.id, pos: event.pos }
  }

  private fill(): void {
    this.server.add('messaging.conversation_created', '1000', '2', {
      conversation: '500',
      kind: 'group',
      title: 'Group',
      members: [
        { person: '1', role: 'member' },
        { person: '2', role: 'owner' },
      ],
    })
    for (let i = 1; i <= 120; i++) this.say(`${i}`)
  }

  private answer(): void {
    const { server } = this
    this.network
      .install()
      .on('GET', '/sync', () => server.sync(server.pos))
      .on('GET', '/me', () => this.me())
      .on(
        'GET',
        '/conversations/(-?\\d+)',
        (_, [, id = '']) => server.conversation(id, server.pos) ?? problem(404, 'x'),
      )
      .on('GET', '/conversations/(-?\\d+)/messages', ({ query }, [, id = '']) => {
        const [before, after, around] = ['before', 'after', 'around'].map(name => query.get(name))
        const request = before ? { before } : after ? { after } : around ? { around } : { newest: true as const }
        return server.messages(id, server.pos, request, Number(query.get('limit')))
      })
      .on('POST', '/conversations/500/messages', this.post)
      .on('GET', '/org/people', answerPeople)
  }
}

/** What the client holds. */
export const held = {
  log: () => currentLog() as State,
  room(id: Id) {
    const found = held.log().rooms[id]
    if (!found) throw new Error(`no room ${id}`)
    return found
  },
  texts: (id: Id) =>
    held.room(id).live.messages.map(message => JSON.stringify(message.content).match(/"text":"([^"]*)"/)?.[1]),
}

/** Stores as a page that goes does, until what is held of the log and the drafts are stored: at once on no machine. */
async function store(): Promise<void> {
  const cache = (await openCache('1')) as Cache
  await vi.waitFor(async () => {
    window.dispatchEvent(new Event('pagehide'))
    const [log, rooms, people] = changesBetween(null, held.log())
    expect(await cache.get('log', 'log')).toEqual(log)
    expect(byKey('id', await cache.all('rooms'))).toEqual(byKey('id', rooms.put ?? []))
    expect(byKey('id', await cache.all('people'))).toEqual(byKey('id', people.put ?? []))
    expect(byKey('conversation', await cache.all('drafts'))).toEqual(draftsStore.getState())
  })
  cache.close()
}

function byKey(key: string, records: readonly object[]): object {
  return Object.fromEntries(records.map(record => [(record as Record<string, Id>)[key], record]))
}

/** Ids below 100 are people. */
function answerPeople({ query }: Asked): object {
  const ids = (query.get('ids') ?? '').split(',').filter(id => Number(id) < 100)
  return { people: ids.map(id => personOf(id)), next: null }
}
