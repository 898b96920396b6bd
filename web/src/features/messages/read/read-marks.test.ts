import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { currentLog, setLog, updateLog } from '@/log/live/log-store.ts'
import { applyEvent } from '@/log/reducer/apply-event.ts'
import { applyMessages } from '@/log/reducer/apply-messages.ts'
import { applySync } from '@/log/reducer/apply-sync.ts'
import type { Room } from '@/log/reducer/state.ts'
import { FakeFetch, problem } from '@/log/testing/fake-fetch.ts'
import { ModelServer } from '@/log/testing/model-server.ts'
import { textContent } from '@/log/testing/random.ts'
import { markAllRead, markRead, readOf, resumeReadMarks, stopReadMarks } from './read-marks.ts'

let network: FakeFetch
let server: ModelServer

const room = () => currentLog()?.rooms['500'] as Room
const told = () => network.asked.map(asked => asked.body?.through)
const settled = () => vi.advanceTimersByTimeAsync(0)

beforeEach(() => {
  vi.useFakeTimers()
  network = new FakeFetch().install().on('POST', '/conversations/500/read', () => ({ id: '1', pos: 1 }))
  server = new ModelServer('1', ['1', '2'])
  server.add('messaging.conversation_created', '1000', '2', {
    conversation: '500',
    kind: 'group',
    title: 'Group',
    members: [
      { person: '1', role: 'member' },
      { person: '2', role: 'owner' },
    ],
  })
  for (let i = 1; i <= 9; i++) {
    const content = textContent(`${i}`)
    const data = { conversation: '500', content, reply_to: null, mentions: [], mentions_all: false }
    server.add('messaging.message_sent', `200${i}`, '2', data)
  }
  setLog(applySync(null, server.sync(server.pos)))
  updateLog(state =>
    applyMessages(state, '500', { newest: true }, server.messages('500', server.pos, { newest: true }, 50)),
  )
})

afterEach(() => {
  stopReadMarks()
  setLog(null)
  vi.useRealTimers()
  vi.unstubAllGlobals()
})

describe('read marks', () => {
  test('are shown and told at once, then at most once a second with the highest', async () => {
    markRead('500', '2002')
    expect(readOf(room())).toBe(2)
    await settled()
    markRead('500', '2003')
    markRead('500', '2006')
    markRead('500', '2005')
    expect(readOf(room())).toBe(6)
    await vi.advanceTimersByTimeAsync(900)
    expect(told()).toEqual(['2002'])
    await vi.advanceTimersByTimeAsync(100)
    expect(told()).toEqual(['2002', '2006'])
    await vi.advanceTimersByTimeAsync(10_000)
    expect(told()).toHaveLength(2)
  })

  test('never go back', async () => {
    markRead('500', '2009')
    await vi.advanceTimersByTimeAsync(5_000)
    markRead('500', '2004')
    await vi.advanceTimersByTimeAsync(5_000)
    expect(told()).toEqual(['2009'])
    expect(readOf(room())).toBe(9)
  })

  test('of another device count, too', async () => {
    const event = server.add('messaging.read_marked', '3000', '1', {
      conversation: '500',
      through: '2007',
      shared: true,
    })
    updateLog(state => applyEvent(state, event))
    markRead('500', '2007')
    await settled()
    expect(told()).toEqual([])
    expect(readOf(room())).toBe(7)
  })

  test('wait for the network', async () => {
    network.isDown = true
    markRead('500', '2004')
    await vi.advanceTimersByTimeAsync(60_000)
    expect(readOf(room())).toBe(4)
    network.isDown = false
    resumeReadMarks()
    await settled()
    expect(told()).toEqual(['2004'])
  })

  test('that the server refuses are taken back', async () => {
    network.on('POST', '/conversations/500/read', () => problem(404, 'messaging.conversation_not_found'))
    markRead('500', '2004')
    await settled()
    expect(readOf(room())).toBe(0)
  })

  test('of everything go through what came last, wherever it stands', async () => {
    const data = {
      conversation: '500',
      content: textContent('late'),
      reply_to: null,
      mentions: [],
      mentions_all: false,
    }
    const late = server.add('messaging.message_sent', '1500', '2', data)
    updateLog(state => applyEvent(state, late))
    markAllRead('500')
    await settled()
    expect(told()).toEqual(['1500'])
    expect(readOf(room())).toBe(10)
  })

  test('are told once however slow the answer is, and then what was read meanwhile', async () => {
    const answers: (() => void)[] = []
    network.on('POST', '/conversations/500/read', () => new Promise(resolve => answers.push(() => resolve({}))))
    markRead('500', '2002')
    await vi.advanceTimersByTimeAsync(10_000)
    markRead('500', '2004')
    markRead('500', '2005')
    await vi.advanceTimersByTimeAsync(5_000)
    expect(told()).toEqual(['2002'])
    answers[0]?.()
    await settled()
    expect(told()).toEqual(['2002', '2005'])
    resumeReadMarks()
    await vi.advanceTimersByTimeAsync(5_000)
    expect(told()).toEqual(['2002', '2005'])
    answers[1]?.()
    await vi.advanceTimersByTimeAsync(5_000)
    expect(told()).toEqual(['2002', '2005'])
  })

  test('of messages that are not held are left out', () => {
    markRead('500', '1')
    markRead('77', '2004')
    expect(readOf(room())).toBe(0)
  })
})
