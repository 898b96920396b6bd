import { act, renderHook } from '@testing-library/react'
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import type { Id } from '@/core/api'
import { connectionStore, resetConnection } from '../live/connection-store.ts'
import { forgetAsked } from '../live/ensure.ts'
import { currentLog, logStore, setLog, updateLog } from '../live/log-store.ts'
import { resetPresence, showPresence } from '../live/presence-store.ts'
import { refreshSoon, stopRefreshing } from '../live/refresh.ts'
import { applyEvent } from '../reducer/apply-event.ts'
import { applyMessages } from '../reducer/apply-messages.ts'
import { applyPeople } from '../reducer/apply-org.ts'
import { applySync } from '../reducer/apply-sync.ts'
import { FakeFetch } from '../testing/fake-fetch.ts'
import { ModelServer } from '../testing/model-server.ts'
import { personOf } from '../testing/people.ts'
import { textContent } from '../testing/random.ts'
import { useConversation, useConversations, useMembers, useUnreadTotal } from './conversations.ts'
import { useNameOf, useOnline, usePeopleComing, usePerson, usePresence } from './people.ts'
import { useTimeline } from './timeline.ts'

let server: ModelServer
let network: FakeFetch
let stopWatching = () => {}

function group(id: Id): void {
  server.add('messaging.conversation_created', id, '2', {
    conversation: id,
    kind: 'group',
    title: `Group ${id}`,
    members: [
      { person: '1', role: 'member' },
      { person: '2', role: 'owner' },
    ],
  })
}

function say(conversation: Id): void {
  const data = { conversation, content: textContent('a'), reply_to: null, mentions: [], mentions_all: false }
  const event = server.add('messaging.message_sent', `${2000 + server.pos}`, '2', data)
  act(() => updateLog(state => applyEvent(state, event)))
}

/** The hook's value, and how often its component was drawn. */
function drawn<T>(use: () => T) {
  let draws = 0
  const { result, unmount } = renderHook(() => {
    draws += 1
    return use()
  })
  return { value: () => result.current, draws: () => draws, unmount }
}

beforeEach(() => {
  network = new FakeFetch()
    .install()
    .on('GET', '/conversations/(\\d+)', (_, [, id = '']) => server.conversation(id, server.pos))
    .on('GET', '/conversations/(\\d+)/messages', ({ query }, [, id = '']) =>
      server.messages(id, server.pos, { newest: true }, Number(query.get('limit'))),
    )
    .on('GET', '/org/people', ({ query }) => ({
      people: (query.get('ids') ?? '')
        .split(',')
        .map(id => ({ ...server.sync(0).people[0], id, name: `Person ${id}` })),
    }))
  server = new ModelServer('1', ['1', '2'])
  group('500')
  group('600')
  setLog(applySync(null, server.sync(server.pos)))
  stopWatching = logStore.subscribe(() => refreshSoon())
})

afterEach(() => {
  stopWatching()
  stopRefreshing()
  resetPresence()
  resetConnection()
  forgetAsked()
  setLog(null)
  vi.unstubAllGlobals()
})

describe('a component is drawn again only for what it asked', () => {
  test('one conversation', () => {
    const mine = drawn(() => useConversation('500'))
    say('600')
    expect(mine.draws()).toBe(1)
    say('500')
    expect(mine.draws()).toBe(2)
    expect(mine.value()?.last_seq).toBe(1)
  })

  test('one timeline', () => {
    updateLog(state =>
      applyMessages(state, '500', { newest: true }, server.messages('500', server.pos, { newest: true }, 50)),
    )
    const mine = drawn(() => useTimeline('500'))
    const before = mine.draws()
    say('600')
    expect(mine.draws()).toBe(before)
    say('500')
    expect(mine.value().messages).toHaveLength(2)
  })

  test('the list', () => {
    const mine = drawn(useConversations)
    act(() => updateLog(state => ({ ...state, news: { 'org.unit_added': 5 } })))
    expect(mine.draws()).toBe(1)
    say('500')
    expect(mine.draws()).toBe(2)
  })
})

describe('unread', () => {
  test('counts what is not muted', () => {
    const total = drawn(useUnreadTotal)
    say('500')
    say('500')
    say('600')
    expect(total.value()).toBe(3)
    const muted = { conversation: '600', muted: true }
    const event = server.add('messaging.conversation_preferences_changed', '9000', '1', muted)
    act(() => updateLog(state => applyEvent(state, event)))
    expect(total.value()).toBe(2)
  })
})

describe('opening a conversation', () => {
  test('fetches messages and members, and is there at once the next time', async () => {
    for (let i = 0; i < 40; i++) say('500')
    setLog(applySync(null, server.sync(server.pos)))
    const first = drawn(() => useTimeline('500'))
    expect(first.value()).toMatchObject({ loaded: false, problem: null })
    await vi.waitFor(() => expect(first.value().loaded).toBe(true))
    expect(first.value()).toMatchObject({ fromStart: true, atNewest: true, messages: { length: 41 } })
    await vi.waitFor(() => expect(currentLog()?.rooms['500']?.header.members).not.toBeNull())
    first.unmount()
    await new Promise(resolve => setTimeout(resolve, 5))
    expect(drawn(() => useTimeline('500')).value().loaded).toBe(true)
    expect(network.count('GET', '/conversations/500/messages')).toBe(1)
  })

  test('says why it fails, and tries again when the connection is back', async () => {
    for (let i = 0; i < 40; i++) say('500')
    setLog(applySync(null, server.sync(server.pos)))
    network.isDown = true
    const view = drawn(() => useTimeline('500'))
    await vi.waitFor(() => expect(view.value().problem).toMatchObject({ code: 'client.offline' }))
    network.isDown = false
    act(() => connectionStore.setState({ status: { phase: 'live', since: 0 } }))
    await vi.waitFor(() => expect(view.value()).toMatchObject({ loaded: true, problem: null }))
  })

  test('members come when they are asked for', async () => {
    const members = drawn(() => useMembers('600'))
    expect(members.value()).toBeNull()
    await vi.waitFor(() => expect(members.value()?.roster()).toMatchObject([{ person: '1' }, { person: '2' }]))
  })
})

describe('people', () => {
  test('that are missing are fetched', async () => {
    const person = drawn(() => usePerson('40'))
    const name = drawn(() => useNameOf()('41'))
    expect([person.value(), name.value()]).toEqual([undefined, ''])
    await vi.waitFor(() => expect([person.value()?.name, name.value()]).toEqual(['Person 40', 'Person 41']))
    expect(network.count('GET', '/org/people')).toBe(1)
  })

  test('that may still come are waited for once they are asked for, while there is a server to ask', async () => {
    connectionStore.setState({ status: { phase: 'live', since: 0 } })
    const wanted = ['1', '77', '78']
    network.on('GET', '/org/people', () => ({ people: [personOf('77', { name: 'Person 77' })] }))
    const mine = drawn(() => usePeopleComing(wanted))
    expect(mine.value().coming).toBe(true)
    await Promise.resolve()
    expect(network.count('GET', '/org/people')).toBe(0)
    act(() => mine.value().ask())
    // The server knows no 78: nobody waits for them for ever.
    await vi.waitFor(() => expect(mine.value().coming).toBe(false))
    expect(currentLog()?.people['77']?.name).toBe('Person 77')
    const others = drawn(() => usePeopleComing(['79']).coming)
    expect(others.value()).toBe(true)
    act(() => connectionStore.setState({ status: { phase: 'offline', since: 0 } }))
    expect(others.value()).toBe(false)
  })

  test('a name is another function for whom it concerns only', async () => {
    const shown = drawn(() => useNameOf()('2'))
    const before = shown.draws()
    updateLog(state => applyPeople(state, [], [personOf('77')]))
    expect(shown.draws()).toBe(before)
    act(() => updateLog(state => applyPeople(state, [], [{ ...personOf('2'), name: 'Ann' }])))
    expect(shown.value()).toBe('Ann')
  })

  test('are watched only while shown', async () => {
    const watch = vi.fn()
    connectionStore.setState({ announce: { watch } as never })
    const people = ['2', '3']
    const one = drawn(() => usePresence('2'))
    const several = drawn(() => useOnline(people))
    await vi.waitFor(() => expect(watch).toHaveBeenLastCalledWith(['2', '3']))
    act(() => showPresence({ 2: 'online', 3: 'away' }))
    expect([one.value(), several.value()]).toEqual(['online', 1])
    several.unmount()
    await vi.waitFor(() => expect(watch).toHaveBeenLastCalledWith(['2']))
  })
})
