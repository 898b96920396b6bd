import { renderHook } from '@testing-library/react'
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { useListed } from '@/features/messages/conversation-list/useListed.ts'
import { clearDraft, setDraft } from '@/features/messages/drafts/drafts-store.ts'
import { resumeOutbox, retryWithoutQuote, send } from '../outbox/outbox.ts'
import { outgoingOf } from '../outbox/outbox-store.ts'
import { type FakeFetch, problem } from '../testing/fake-fetch.ts'
import type { ModelServer } from '../testing/model-server.ts'
import { textContent } from '../testing/random.ts'
import { held, Visit } from '../testing/visit.ts'
import { ensureConversations } from './ensure.ts'

let visit: Visit
let server: ModelServer
let network: FakeFetch

const { room } = held

beforeEach(async () => {
  visit = await Visit.begin()
  ;({ server, network } = visit)
})

afterEach(() => visit.end())

describe('an answer', () => {
  const recallOf = (message: string) =>
    server.add('messaging.message_recalled', '9500', '2', { conversation: '500', message })
  const quote = () => {
    const { id } = room('500').live.messages.at(-1) as { id: string }
    return { id, sender: '2', text: 'words', recalled: false }
  }

  test('to a message that is recalled before it goes out shows its words no more, and may go without it', async () => {
    await visit.goLive()
    const { id } = quote()
    network.on('POST', '/conversations/500/messages', asked =>
      asked.body?.reply_to ? problem(409, 'messaging.message_gone') : visit.post(asked),
    )
    network.isDown = true
    await send('500', textContent('my answer'), quote())
    visit.browser.socket.say(recallOf(id))
    await vi.waitFor(() => expect(outgoingOf('500')[0]?.reply_to).toMatchObject({ text: '', recalled: true }))
    network.isDown = false
    resumeOutbox()
    await vi.waitFor(() => expect(outgoingOf('500')[0]?.failed?.code).toBe('messaging.message_gone'))
    await retryWithoutQuote(outgoingOf('500')[0]?.key ?? '')
    await vi.waitFor(() => expect(server.log.at(-1)?.type).toBe('messaging.message_sent'))
    expect(network.asked.filter(asked => asked.method === 'POST').at(-1)?.body).toEqual({
      content: textContent('my answer'),
    })
    visit.catchUpFrom(server.pos - 1)
    await vi.waitFor(() => expect(outgoingOf('500')).toEqual([]))
  })
})

describe('a direct conversation in which nobody said anything', () => {
  const begin = () =>
    server.add('messaging.conversation_created', '9000', '2', {
      conversation: '-77',
      kind: 'direct',
      title: '',
      members: [
        { person: '1', role: 'member' },
        { person: '2', role: 'member' },
      ],
    })
  const listed = () => renderHook(() => useListed(null)).result.current.map(({ id }) => id)

  test('is not listed until somebody says something, be it begun now or held from before', async () => {
    await visit.goLive()
    visit.browser.socket.say(begin())
    await vi.waitFor(() => expect(room('-77')).toBeDefined())
    expect(listed()).toEqual(['500'])
    const data = { conversation: '-77', content: textContent('hi'), reply_to: null, mentions: [], mentions_all: false }
    visit.browser.socket.say(server.add('messaging.message_sent', '9001', '2', data))
    await vi.waitFor(() => expect(listed().toSorted()).toEqual(['-77', '500']))
  })

  test('is listed for who began to write in it, after a fresh fetch too', async () => {
    begin()
    await visit.goLive()
    expect(held.log().rooms['-77']).toBeUndefined()
    setDraft('-77', textContent('hello'), null)
    ensureConversations(['-77'])
    await vi.waitFor(() => expect(listed().toSorted()).toEqual(['-77', '500']))
    visit.browser.socket.say({ t: 'resync', reason: 'too_far' })
    await vi.waitFor(() => expect(network.count('GET', '/sync')).toBe(2))
    await vi.waitFor(() => expect(listed().toSorted()).toEqual(['-77', '500']))
    await visit.reload()
    await vi.waitFor(() => expect(listed().toSorted()).toEqual(['-77', '500']))
    clearDraft('-77')
    expect(listed()).toEqual(['500'])
  })

  test('appears with its first message where it was not held', async () => {
    begin()
    await visit.goLive()
    const data = { conversation: '-77', content: textContent('hi'), reply_to: null, mentions: [], mentions_all: false }
    visit.browser.socket.say(server.add('messaging.message_sent', '9001', '2', data))
    await vi.waitFor(() => expect(listed().toSorted()).toEqual(['-77', '500']))
  })
})
