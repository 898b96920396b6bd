import { i18n } from '@lingui/core'
import { I18nProvider } from '@lingui/react'
import { QueryClient, QueryClientProvider } from '@tanstack/react-query'
import { cleanup, render, screen } from '@testing-library/react'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import type { Message, Star } from '@/core/api'
import { sessionStore } from '@/core/session'
import { setLog, updateLog } from '@/log/live/log-store.ts'
import { applyEvents } from '@/log/reducer/apply-event.ts'
import { FakeFetch } from '@/log/testing/fake-fetch.ts'
import { textContent } from '@/log/testing/random.ts'
import { event, room, sent, start } from '@/log/testing/small-site.ts'
import { LaterView } from './LaterView'
import { starFlags } from './stars'

vi.mock('@tanstack/react-router', async original => ({ ...(await original<object>()), useNavigate: () => vi.fn() }))

let network: FakeFetch

function star(id: string, message: string, text: string | null): Star {
  const shown = {
    ...room(held()).live.messages.at(-1),
    id: message,
    content: text && textContent(text),
    recalled: null,
  }
  return { id, conversation: '500', message, shown: text === null ? null : (shown as Message) }
}

const held = () => applyEvents(start().state, [sent(2, 'what is held'), mark(3)])
const mark = (pos: number, present = true) =>
  event(pos, 'messaging.star_set', { person: '1', conversation: '500', message: '1200', present }, '1')

function open(): void {
  const client = new QueryClient({ defaultOptions: { queries: { retry: false } } })
  render(
    <I18nProvider i18n={i18n}>
      <QueryClientProvider client={client}>
        <LaterView />
      </QueryClientProvider>
    </I18nProvider>,
  )
}

beforeEach(() => {
  i18n.loadAndActivate({ locale: 'en', messages: {} })
  setLog(held())
  sessionStore.setState({ phase: 'signed_in', me: held().me, pending: {} })
  network = new FakeFetch().install()
})

afterEach(() => {
  cleanup()
  starFlags.stop()
  setLog(null)
  vi.unstubAllGlobals()
})

test('shows what was marked, as it is now; of conversations I left only that there was something', async () => {
  network.on('GET', '/stars', () => ({ stars: [star('9', '1200', 'before'), star('8', '77', null)], more: false }))
  open()
  expect(await screen.findByText('what is held')).toBeDefined()
  expect(screen.queryByText('before')).toBeNull()
  expect(screen.getByText('You are no longer in this conversation.')).toBeDefined()
  updateLog(state =>
    applyEvents(state, [event(9, 'messaging.message_recalled', { conversation: '500', message: '1200' })]),
  )
  await vi.waitFor(() => expect(screen.queryByText('what is held')).toBeNull())
})

test('what is done goes at once, and comes back when the server refuses', async () => {
  let refuse = () => {}
  network.on('GET', '/stars', () => ({ stars: [star('9', '1200', 'a')], more: false }))
  network.on('DELETE', '/conversations/500/messages/1200/star', () => {
    return new Promise(resolve => {
      refuse = () => resolve(Response.json({ status: 404, code: 'messaging.message_not_found' }, { status: 404 }))
    })
  })
  open()
  ;(await screen.findByRole('button', { name: 'Done' })).click()
  await vi.waitFor(() => expect(screen.queryByText('what is held')).toBeNull())
  await vi.waitFor(() => expect(network.count('DELETE', '.*')).toBe(1))
  refuse()
  expect(await screen.findByText('what is held')).toBeDefined()
})

test('without the server it is what is held, and that is said', async () => {
  network.isDown = true
  open()
  expect(await screen.findByText('what is held')).toBeDefined()
  expect(screen.getByText('Only what is stored on this device is shown.')).toBeDefined()
})
