import { i18n } from '@lingui/core'
import { I18nProvider } from '@lingui/react'
import { QueryClient, QueryClientProvider } from '@tanstack/react-query'
import { act, fireEvent, render, screen } from '@testing-library/react'
import { afterEach, beforeAll, beforeEach, expect, test, vi } from 'vitest'
import type { Conversation, Me } from '@/core/api'
import { sessionStore } from '@/core/session'
import { logStore } from '@/log/live/log-store'
import { applySync } from '@/log/reducer/apply-sync'
import { conversation } from '@/log/testing/examples'
import { meOf, personOf } from '@/log/testing/people'
import { fromPlainText } from '../composer/plain-text'
import { clearDraft, setDraft } from '../drafts/drafts-store'
import { ConversationRow } from './ConversationRow'

const queries = new QueryClient()

beforeAll(() => i18n.loadAndActivate({ locale: 'en', messages: {} }))

beforeEach(() => {
  sessionStore.setState({ phase: 'signed_in', me })
  logStore.setState({
    log: applySync(null, {
      run: '7',
      pos: 1,
      site: '1',
      me,
      company,
      conversations: [],
      people: [personOf('2', { name: '陈思远' })],
      here: 1,
      home: { site: 1, name: 'Acme', address: '' },
      next: null,
    }),
  })
})

afterEach(() => {
  act(() => clearDraft('5'))
  logStore.setState({ log: null })
})

test('a group shows who said what, and how much is unread', () => {
  show({ last_seq: 120, read_seq: 1 })
  expect(screen.getByText('Ops')).toBeTruthy()
  expect(screen.getByText('99+')).toBeTruthy()
  expect(screen.getByText('119 unread')).toBeTruthy()
})

test('a muted one counts in grey, and calls when somebody mentions me', () => {
  const { rerender } = show({ last_seq: 3, read_seq: 1, muted: true })
  expect(screen.getByText('2 unread').parentElement?.className).toMatch(/muted/)
  rerender(row({ last_seq: 4, read_seq: 1, mention_seq: 4, muted: true }, false))
  expect(screen.getByText('[Mentioned you]')).toBeTruthy()
  expect(screen.getByText('3 unread').parentElement?.className).not.toMatch(/muted/)
})

test('what I marked as unread has a sign, and a count where there is one', () => {
  const { rerender } = show({ unread: true, last_seq: 3, read_seq: 3 })
  expect(screen.getByRole('img', { name: 'Marked as unread' })).toBeTruthy()
  rerender(row({ unread: true, last_seq: 4, read_seq: 3 }, false))
  expect(screen.queryByRole('img', { name: 'Marked as unread' })).toBeNull()
  expect(screen.getByText('1 unread')).toBeTruthy()
})

test('that it is on top or silent is seen, and heard', () => {
  const { rerender } = show({ pinned: true, muted: true })
  expect(screen.getByRole('button', { name: /Pinned.*Muted/ })).toBeTruthy()
  rerender(row({}, false))
  expect(screen.queryByRole('img', { name: /Pinned|Muted/ })).toBeNull()
})

test('a draft shows as soon as I leave, not while it is open', () => {
  act(() => setDraft('5', fromPlainText('later'), null))
  const { rerender } = show({}, true)
  expect(screen.queryByText(/Draft/)).toBeNull()
  rerender(row({}, false))
  expect(screen.getByText('Draft: later')).toBeTruthy()
})

test('a direct one is called by the other person, and opens on a click', () => {
  const open = vi.fn()
  const some = { kind: 'direct' as const, title: '', peer: '2' }
  render(row(some, false, open))
  fireEvent.click(screen.getByRole('button', { name: /陈思远/ }))
  expect(open).toHaveBeenCalledExactlyOnceWith(example(some))
})

function show(some: Partial<Conversation>, open = false) {
  return render(row(some, open))
}

const example = (some: Partial<Conversation>) => conversation({ created: '250412291361607680', ...some })

function row(some: Partial<Conversation>, open: boolean, onOpen = () => undefined) {
  return (
    <I18nProvider i18n={i18n}>
      <QueryClientProvider client={queries}>
        <ConversationRow conversation={example(some)} open={open} tabbable onOpen={onOpen} />
      </QueryClientProvider>
    </I18nProvider>
  )
}

const company = {
  id: '3',
  parent: null,
  name: 'Acme',
  kind: 'company' as const,
  path: 'r.',
  rank: 0,
  people: 2,
  locale: null,
}
const me: Me = {
  person: { ...personOf('1', { name: 'Me' }), email: '', phone: '', units: [] },
  login: 'me',
  permissions: [],
  preferences: meOf('1').preferences,
  policies: {},
  unit_locale: null,
  must_change_password: false,
  session: '9',
}
