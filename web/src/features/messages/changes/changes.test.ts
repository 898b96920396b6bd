import { i18n } from '@lingui/core'
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import type { Message } from '@/core/api'
import { type Cache, openCache, wipeCache } from '@/core/cache'
import { sessionStore } from '@/core/session'
import { connectionStore, resetConnection } from '@/log/live/connection-store.ts'
import { currentLog, setLog, updateLog } from '@/log/live/log-store.ts'
import { flagsStore } from '@/log/outbox/flags-store.ts'
import { applyConversation } from '@/log/reducer/apply-conversation.ts'
import { applySync } from '@/log/reducer/apply-sync.ts'
import { resetUnkept } from '@/log/saved/unkept.ts'
import { FakeFetch, problem } from '@/log/testing/fake-fetch.ts'
import { ModelServer } from '@/log/testing/model-server.ts'
import { meOf } from '@/log/testing/people.ts'
import { textContent } from '@/log/testing/random.ts'
import { toasts } from '@/ui'
import { editOf, startDrafts, stopDrafts } from '../drafts/drafts-store.ts'
import { react, reactionFlags } from '../reactions/pending.ts'
import { asIHaveIt, changeGroup, changePreferences, groupFlags, type Preference, preferenceFlags } from './group.ts'
import { editFlags, recall, recallFlags, saveEdit } from './pending.ts'

const room = '500'
const all = [reactionFlags, editFlags, recallFlags, groupFlags, preferenceFlags]
let network: FakeFetch
let cache: Cache

const held = (): Message => currentLog()?.rooms[room]?.live.messages.find(({ id }) => id === '2001') as Message
const waiting = () => Object.keys(flagsStore.getState()).sort()
const asked = () => network.asked.map(({ method, path }) => `${method} ${path.replace('/conversations/500', '')}`)
const goLive = () => connectionStore.setState({ status: { phase: 'live', since: 0 } })
const done = () => ({ id: null, pos: null })
/** What was tried has failed by then. */
const moment = () => new Promise(resolve => setTimeout(resolve, 5))

function networkIs(down: boolean): void {
  network.isDown = down
  connectionStore.setState({ status: { phase: down ? 'offline' : 'live', since: 0 } })
}

async function reload(): Promise<void> {
  await vi.waitFor(async () => expect(await cache.all('flags')).toHaveLength(waiting().length))
  for (const flags of all) flags.stop()
  for (const flags of all) await flags.start(meOf('1'), cache)
}

beforeEach(async () => {
  i18n.loadAndActivate({ locale: 'en', messages: {} })
  await wipeCache('1')
  cache = (await openCache('1')) as Cache
  const server = new ModelServer('1', ['1', '2'])
  const members = ['1', '2'].map(person => ({
    person,
    role: person === '1' ? ('owner' as const) : ('member' as const),
  }))
  server.add('messaging.conversation_created', '1000', '1', { conversation: room, kind: 'group', title: 'G', members })
  const said = { conversation: room, content: textContent('old'), reply_to: null, mentions: [], mentions_all: false }
  server.add('messaging.message_sent', '2001', '1', said)
  setLog(applySync(null, server.sync(server.pos)))
  const page = server.conversation(room, server.pos)
  if (page) updateLog(state => applyConversation(state, page))
  network = new FakeFetch().install()
  sessionStore.setState({ phase: 'signed_in', me: meOf('1'), pending: {} })
  await startDrafts(cache, '1')
  for (const flags of all) await flags.start(meOf('1'), cache)
  goLive()
})

afterEach(() => {
  for (const flags of all) flags.stop()
  stopDrafts()
  cache.close()
  resetConnection()
  resetUnkept()
  setLog(null)
  vi.unstubAllGlobals()
  vi.restoreAllMocks()
})

describe('with the server', () => {
  test('a refusal is thrown where it was asked for, and nothing waits', async () => {
    network.on('PATCH', '/conversations/500', () => problem(403, 'core.forbidden'))
    await expect(changeGroup(room, { act: 'rename', title: 'H' })).rejects.toMatchObject({ code: 'core.forbidden' })
    expect(waiting()).toEqual([])
  })

  test('a lost answer is asked for again under the same key', async () => {
    network.losesAnswers = true
    network.on('PATCH', '/conversations/500/messages/2001', done)
    await saveEdit(held(), textContent('new'), '2001')
    expect(waiting()).toEqual(['edit 2001'])
    network.losesAnswers = false
    editFlags.onLive()
    await vi.waitFor(() => expect(waiting()).toEqual([]))
    expect(new Set(network.asked.map(({ key }) => key)).size).toBe(1)
  })
})

describe('without network', () => {
  beforeEach(() => networkIs(true))

  test('all waits, outlives the page, and is done once', async () => {
    react(held(), '👍')
    react(held(), '🎉')
    await moment()
    react(held(), '🎉')
    await saveEdit(held(), textContent('new'), '2001')
    await saveEdit(held(), textContent('newer'), '2001')
    await changeGroup(room, { act: 'rename', title: 'H' })
    await changeGroup(room, { act: 'rename', title: 'I' })
    changePreferences(room, { muted: true })
    await reload()
    expect(waiting()).toEqual(['edit 2001', 'group 500 rename', 'preference 500 muted', 'reaction 2001 👍'])
    networkIs(false)
    const path = '/conversations/500'
    network.on('PUT', `${path}/messages/2001/reactions/(.+)`, done)
    network.on('PATCH', `${path}/messages/2001`, done).on('PATCH', path, done).on('PATCH', `${path}/preferences`, done)
    for (const flags of all) flags.onLive()
    await vi.waitFor(() => expect(waiting()).toEqual([]))
    expect(asked()).toHaveLength(4)
    expect(network.asked.find(({ path: at }) => at === path)?.body).toEqual({ title: 'I' })
    const edited = network.asked.find(({ path: at }) => at.endsWith('2001'))
    expect(edited?.body).toEqual({ content: textContent('newer'), based_on: '2001' })
  })

  test('changes of a group are told in their order, the next when the one before has an answer', async () => {
    await changeGroup(room, { act: 'add', people: ['3'] })
    await changeGroup(room, { act: 'owner', person: '2' })
    await changeGroup(room, { act: 'leave' })
    await reload()
    networkIs(false)
    let answer: (value: unknown) => void = () => {}
    network.on('POST', '/conversations/500/members', () => new Promise(resolve => (answer = resolve)))
    network.on('POST', '/conversations/500/owner', () => problem(403, 'core.forbidden'))
    network.on('POST', '/conversations/500/leave', done)
    const show = vi.spyOn(toasts, 'show')
    groupFlags.onLive()
    await vi.waitFor(() => expect(asked()).toEqual(['POST /members']))
    answer(done())
    await vi.waitFor(() => expect(waiting()).toEqual([]))
    expect(asked()).toEqual(['POST /members', 'POST /owner', 'POST /leave'])
    expect(show).toHaveBeenCalledOnce()
  })

  test('an edit that is refused then is again something one began to write', async () => {
    await saveEdit(held(), textContent('mine'), '2001')
    networkIs(false)
    network.on('PATCH', '/conversations/500/messages/2001', () => problem(409, 'messaging.edited_meanwhile'))
    editFlags.onLive()
    await vi.waitFor(() => expect(waiting()).toEqual([]))
    expect(editOf(room, '2001')?.content).toEqual(textContent('mine'))
  })

  test('a recall takes the place of an edit, and what nobody heard of is given up', async () => {
    await saveEdit(held(), textContent('new'), '2001')
    await moment()
    await recall(held())
    expect(waiting()).toEqual(['recall 2001'])
    await changeGroup(room, { act: 'leave' })
    await moment()
    groupFlags.forget('group 500 leave')
    expect(waiting()).toEqual(['recall 2001'])
  })

  test('how a conversation is for me shows at once, and back again is nothing to tell', async () => {
    const conversation = () => currentLog()?.rooms[room]?.header.conversation
    const mine = () => Object.values(flagsStore.getState()) as never as Parameters<typeof asIHaveIt>[1]
    const shown = (name: Preference) => asIHaveIt(conversation() as never, mine())[name]
    changePreferences(room, { pinned: true })
    expect([shown('pinned'), shown('muted')]).toEqual([true, false])
    await moment()
    changePreferences(room, { pinned: false })
    expect([shown('pinned'), waiting()]).toEqual([false, []])
  })
})
