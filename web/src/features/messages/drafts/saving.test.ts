import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import type { Content, EventFrame, Id } from '@/core/api'
import type { Cache } from '@/core/cache'
import { connectionStore } from '@/log/live/connection-store.ts'
import { currentLog, setLog } from '@/log/live/log-store.ts'
import { applyEvents } from '@/log/reducer/apply-event.ts'
import { beginVisit, endVisit, room, type Visit } from '@/log/testing/companion-visit.ts'
import { type Asked, type FakeFetch, problem } from '@/log/testing/fake-fetch.ts'
import type { ModelServer } from '@/log/testing/model-server.ts'
import { meOf } from '@/log/testing/people.ts'
import { textContent } from '@/log/testing/random.ts'
import { contentText } from '../blocks/text.ts'
import { drafts } from './companion.ts'
import { draftOf, markDraft, setDraft } from './drafts-store.ts'
import { keptDraft, otherDraft } from './kept-draft.ts'
import { endDraft } from './saving.ts'
import { shownDraft } from './shown-draft.ts'

const path = `/conversations/${room}/draft`
let server: ModelServer
let network: FakeFetch
let cache: Cache
let visit: Visit
let lastId = 3000

function nextId(): Id {
  lastId += 1
  return String(lastId)
}

const words = (content?: Content | null) => (content ? contentText(content, { everyone: '' }) : null)
const shown = () => words(shownDraft(room)?.content)
const asked = () => network.asked.map(({ method, body }) => [method, words(body?.content as Content)])
const other = () => {
  const mine = draftOf(room)
  return mine ? words(otherDraft(mine, keptDraft(room))?.content) : null
}
const write = (text: string) => setDraft(room, textContent(text), null)
const pause = () => vi.advanceTimersByTimeAsync(2_100)

function draftSet(
  text: string | null,
  { id = nextId(), follows = keptDraft(room)?.id ?? null, key = null as string | null } = {},
) {
  const data = {
    person: '1',
    conversation: room,
    content: text === null ? null : textContent(text),
    reply_to: null,
    follows,
  }
  return server.add('messaging.draft_set', id, '1', data, key)
}

function arrive(...events: EventFrame[]): void {
  const before = currentLog()
  if (before) setLog(applyEvents(before, events))
  drafts.onEvents?.(events, before)
}

/** What the server does: the draft that was gone on from must be the one that is there. */
function keep({ method, body, key, query }: Asked): object {
  const there = server.roomAt(room).shown.draft ?? null
  const known = server.log.find(event => event.key === key)
  if (known) return { id: known.id, pos: known.pos }
  const based = method === 'PUT' ? (body?.based_on as Id | null) : query.get('based_on')
  const content = (body?.content ?? null) as Content | null
  if (there && there.id !== based) {
    const isSame = content === null || JSON.stringify(content) === JSON.stringify(there.content)
    return isSame ? { id: null, pos: null } : refused(there.id)
  }
  if (!there && content === null) return { id: null, pos: null }
  const event = draftSet(content && words(content), { key, follows: there?.id ?? null })
  return { id: event.id, pos: event.pos }
}

function refused(version: Id): Response {
  const status = 409
  return Response.json({ status, code: 'messaging.draft_changed_meanwhile', details: { version } }, { status })
}

/** The socket brings what happened. */
function catchUp(): void {
  arrive(...server.log.slice(currentLog()?.pos ?? 0))
}

beforeEach(async () => {
  visit = await beginVisit(drafts)
  ;({ server, network, cache } = visit)
  network.on('PUT', path, keep).on('DELETE', path, keep)
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'Date'] })
})

afterEach(() => endVisit(drafts, visit))

describe('what I write', () => {
  test('goes to the server after a pause, each time on from what it has', async () => {
    write('I')
    write('I thi')
    await vi.advanceTimersByTimeAsync(1_000)
    expect(asked()).toEqual([])
    await pause()
    expect(asked()).toEqual([['PUT', 'I thi']])
    catchUp()
    expect([draftOf(room), shown()]).toEqual([undefined, 'I thi'])
    write('I think')
    await pause()
    expect(network.asked.at(-1)?.body?.based_on).toBe(keptDraft(room)?.id)
    catchUp()
    expect([draftOf(room), shown(), other()]).toEqual([undefined, 'I think', null])
  })

  test('goes while I write without a pause, too', async () => {
    for (let second = 0; second < 20; second++) {
      write(`${second}`)
      await vi.advanceTimersByTimeAsync(1_000)
    }
    expect(network.asked.length).toBe(1)
  })

  test('and has come by its event before its answer, is there once', async () => {
    let answer = () => {}
    network.on('PUT', path, request => {
      const made = keep(request)
      return new Promise(resolve => {
        answer = () => resolve(made)
      })
    })
    write('once')
    await pause()
    catchUp()
    expect([draftOf(room), shown()]).toEqual([undefined, 'once'])
    answer()
    await pause()
    expect([draftOf(room), shown(), asked()]).toEqual([undefined, 'once', [['PUT', 'once']]])
  })

  test('waits without network, over a reload, and goes when the line is back', async () => {
    connectionStore.setState({ status: { phase: 'offline', since: 0 } })
    write('on the train')
    await pause()
    expect(asked()).toEqual([])
    vi.useRealTimers()
    await vi.waitFor(async () => expect(await cache.all('drafts')).toHaveLength(1))
    drafts.stop?.()
    await drafts.start?.(meOf('1'), cache)
    expect(shown()).toBe('on the train')
    connectionStore.setState({ status: { phase: 'live', since: 0 } })
    drafts.onLive?.()
    await vi.waitFor(() => expect(asked()).toEqual([['PUT', 'on the train']]))
    await vi.waitFor(() => catchUp())
    await vi.waitFor(() => expect(draftOf(room)).toBeUndefined())
  })

  test('that the release before stored in this browser is shown and goes to the server', async () => {
    vi.useRealTimers()
    await cache.put('drafts', { conversation: room, content: textContent('from before'), reply_to: null, at: 1 })
    drafts.stop?.()
    await drafts.start?.(meOf('1'), cache)
    expect(shown()).toBe('from before')
    drafts.onLive?.()
    await vi.waitFor(() => expect(asked()).toEqual([['PUT', 'from before']]))
  })

  test('is tried again while the server is away, and not when it is refused for good', async () => {
    network.on('PUT', path, () => problem(503, 'core.unavailable'))
    write('again')
    await vi.advanceTimersByTimeAsync(60_000)
    expect(network.asked.length).toBeGreaterThan(2)
    network.on('PUT', path, () => problem(404, 'messaging.conversation_not_found'))
    write('again, more')
    await vi.advanceTimersByTimeAsync(20_000)
    const times = network.asked.length
    await vi.advanceTimersByTimeAsync(60_000)
    expect([network.asked.length, shown()]).toEqual([times, 'again, more'])
  })
})

describe('what is sent or given up', () => {
  test('ends with its message: the draft that it is the end of is named, and nothing shows meanwhile', async () => {
    write('done')
    await pause()
    catchUp()
    expect(endDraft(room)).toBe(keptDraft(room)?.id)
    expect(shown()).toBe('')
    arrive(draftSet(null))
    expect([draftOf(room), shown()]).toEqual([undefined, null])
    await pause()
    expect(asked()).toEqual([['PUT', 'done']])
  })

  test('is ended on the server when its message did not do so', async () => {
    write('done')
    await pause()
    catchUp()
    setDraft(room, { blocks: [] }, null)
    endDraft(room)
    await pause()
    catchUp()
    expect(asked()).toEqual([
      ['PUT', 'done'],
      ['DELETE', null],
    ])
    expect([keptDraft(room), draftOf(room)]).toEqual([null, undefined])
  })

  test('while it was on its way to the server, does not come back', async () => {
    let answer = () => {}
    network.on('PUT', path, request => {
      const made = keep(request)
      return new Promise(resolve => {
        answer = () => resolve(made)
      })
    })
    write('quick')
    await pause()
    expect(endDraft(room)).toBeNull()
    answer()
    await vi.advanceTimersByTimeAsync(0)
    catchUp()
    expect(shown()).toBe('')
    await pause()
    catchUp()
    expect([keptDraft(room), draftOf(room)]).toEqual([null, undefined])
  })

  test('on another device goes here, too', async () => {
    write('both see it')
    await pause()
    catchUp()
    arrive(draftSet(null))
    expect([shown(), draftOf(room)]).toEqual([null, undefined])
    expect(asked()).toHaveLength(1)
  })
})

describe('two devices', () => {
  test('what the other wrote shows here while nothing is written here', () => {
    arrive(draftSet('from the phone'))
    expect([shown(), other()]).toEqual(['from the phone', null])
  })

  test('what I write here is not overwritten by what comes; both are there until I say which', async () => {
    write('on the desk')
    arrive(draftSet('on the phone'))
    expect([shown(), other()]).toEqual(['on the desk', 'on the phone'])
    await pause()
    expect(asked()).toEqual([])
    markDraft(room, { base: keptDraft(room)?.id ?? null })
    write('on the desk and on the phone')
    await pause()
    catchUp()
    expect([shown(), other(), draftOf(room)]).toEqual(['on the desk and on the phone', null, undefined])
  })

  test('what the server refuses for it is in question once it has come', async () => {
    draftSet('on the phone')
    write('on the desk')
    await pause()
    expect(asked()).toEqual([['PUT', 'on the desk']])
    catchUp()
    expect([shown(), other()]).toEqual(['on the desk', 'on the phone'])
  })

  test('a message that is sent meanwhile leaves the words of the other device', () => {
    write('on the desk')
    arrive(draftSet('on the phone'))
    expect(endDraft(room)).toBeNull()
    expect([shown(), draftOf(room)]).toEqual(['on the phone', undefined])
  })

  test('nothing is in question where one text has the other in it', async () => {
    write('good')
    arrive(draftSet('good morning'))
    expect([shown(), draftOf(room)]).toEqual(['good morning', undefined])
    write('good morning, all')
    const follows = keptDraft(room)?.id ?? null
    arrive(draftSet('good morning, a', { follows }))
    expect(other()).toBeNull()
    await pause()
    catchUp()
    expect([shown(), keptDraft(room)?.content]).toEqual(['good morning, all', textContent('good morning, all')])
  })

  test('at two sites that did not know of each other: the words that lost stay here', async () => {
    arrive(draftSet('in Shanghai'))
    arrive(draftSet('in Shenzhen', { follows: null }))
    expect([shown(), other()]).toEqual(['in Shanghai', 'in Shenzhen'])
  })

  test('words that were ended unseen begin anew', async () => {
    const first = draftSet('first')
    arrive(first)
    arrive(draftSet('second'))
    arrive(draftSet(null, { follows: first.id }))
    expect(shown()).toBe('second')
    await pause()
    catchUp()
    expect(keptDraft(room)?.content).toEqual(textContent('second'))
  })

  test('a draft that ended with a message that says it is over', () => {
    const first = draftSet('first')
    arrive(first)
    arrive(draftSet('first words'))
    const data = {
      conversation: room,
      content: textContent('first words'),
      reply_to: null,
      mentions: [],
      mentions_all: false,
    }
    arrive(server.add('messaging.message_sent', nextId(), '1', data), draftSet(null, { follows: first.id }))
    expect(shown()).toBeNull()
  })

  test('of a conversation I was removed from, the words stay in this browser', () => {
    arrive(draftSet('half a thought'))
    arrive(server.add('messaging.member_removed', nextId(), '2', { conversation: room, person: '1' }))
    expect(currentLog()?.rooms[room]).toBeUndefined()
    expect(words(draftOf(room)?.content)).toBe('half a thought')
  })
})
