import { i18n } from '@lingui/core'
import { I18nProvider } from '@lingui/react'
import { QueryClient, QueryClientProvider } from '@tanstack/react-query'
import { act, render } from '@testing-library/react'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { sessionStore } from '@/core/session'
import { useConversations } from '@/log'
import { setLog, updateLog } from '@/log/live/log-store'
import { applyEvent } from '@/log/reducer/apply-event'
import { applySync } from '@/log/reducer/apply-sync'
import { message } from '@/log/testing/examples'
import { ModelServer } from '@/log/testing/model-server'
import { meOf } from '@/log/testing/people'
import { textContent } from '@/log/testing/random'
import { ContentView } from './blocks/ContentView'
import { ConversationRow } from './conversation-list/ConversationRow'
import { previewOf } from './conversation-list/preview'
import { PaneContext } from './pane/pane-context'
import { MessageRow } from './timeline/message/MessageRow'
import { buildRows } from './timeline/rows/build-rows'

/**
 * What a message costs, in things drawn: the same on every machine, unlike time. A list of hundreds is as quick as one of five only
 * while that is so.
 */
vi.mock('./conversation-list/preview', async original => {
  const real = await original<typeof import('./conversation-list/preview')>()
  return { ...real, previewOf: vi.fn(real.previewOf) }
})
vi.mock('./blocks/ContentView', async original => {
  const real = await original<typeof import('./blocks/ContentView')>()
  return { ...real, ContentView: vi.fn(() => null) }
})

let server: ModelServer

beforeEach(() => {
  i18n.loadAndActivate({ locale: 'en', messages: {} })
  server = new ModelServer('1', ['1', '2'])
  for (let number = 0; number < 200; number++) {
    server.add('messaging.conversation_created', `${1_000 + number}`, '2', {
      conversation: `${500 + number}`,
      kind: 'group',
      title: `Group ${number}`,
      members: [
        { person: '1', role: 'member' },
        { person: '2', role: 'owner' },
      ],
    })
    say(`${500 + number}`, 'before')
  }
  setLog(applySync(null, server.sync(server.pos)))
  sessionStore.setState({ phase: 'signed_in', me: meOf('1'), pending: {} })
})

afterEach(() => setLog(null))

function say(conversation: string, text: string) {
  const data = { conversation, content: textContent(text), reply_to: null, mentions: [], mentions_all: false }
  return server.add('messaging.message_sent', `${9_000 + server.pos}`, '2', data)
}

function shown(children: React.ReactNode) {
  return (
    <I18nProvider i18n={i18n}>
      <QueryClientProvider client={new QueryClient()}>{children}</QueryClientProvider>
    </I18nProvider>
  )
}

function List() {
  return useConversations().map(conversation => (
    <ConversationRow key={conversation.id} conversation={conversation} open={false} tabbable={false} onOpen={nothing} />
  ))
}

const nothing = () => {}

test('a message draws one row of the list of two hundred conversations', () => {
  render(shown(<List />))
  expect(vi.mocked(previewOf).mock.calls.length).toBeGreaterThanOrEqual(200)
  vi.mocked(previewOf).mockClear()
  act(() => updateLog(state => applyEvent(state, say('617', 'one more'))))
  expect(vi.mocked(previewOf).mock.calls.map(([{ id }]) => id)).toEqual(['617'])
})

test('a message draws itself, and at most the one before it', () => {
  const messages = Array.from({ length: 200 }, (_, index) =>
    message({ id: `${9_000 + index}`, seq: index + 1, content: textContent(`${index}`) }),
  )
  const pane = { conversation: '500', kind: 'group', me: '1', nameOf: (id: string) => id } as never
  const rows = (count: number) => {
    const input = { messages: messages.slice(0, count), outgoing: [], me: '1', newAfter: null, fromStart: true }
    return buildRows(input).map(row => row.kind === 'message' && <MessageRow {...row} key={row.key} flash={false} />)
  }
  const queries = new QueryClient()
  const timeline = (count: number) => (
    <I18nProvider i18n={i18n}>
      <QueryClientProvider client={queries}>
        <PaneContext value={pane}>{rows(count)}</PaneContext>
      </QueryClientProvider>
    </I18nProvider>
  )
  const { rerender } = render(timeline(199))
  expect(vi.mocked(ContentView).mock.calls.length).toBe(199)
  vi.mocked(ContentView).mockClear()
  rerender(timeline(200))
  expect(vi.mocked(ContentView).mock.calls.length).toBeLessThanOrEqual(2)
})
