import { i18n } from '@lingui/core'
import { I18nProvider } from '@lingui/react'
import { QueryClient, QueryClientProvider } from '@tanstack/react-query'
import { render, screen, within } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { beforeEach, expect, test, vi } from 'vitest'
import type { SiteReport } from '@/core/api'
import { SitesSection } from './SitesSection'

/** What the server answers, by method and path. */
const answers = new Map<string, unknown>()
const asked: { route: string; body: unknown }[] = []

beforeEach(() => {
  i18n.loadAndActivate({ locale: 'en', messages: {} })
  asked.length = 0
  answers.clear()
  vi.stubGlobal('fetch', async (url: string, init: RequestInit) => {
    const route = `${init.method} ${url.replace('/api', '')}`
    if (route !== 'GET /sites/status') asked.push({ route, body: init.body && JSON.parse(String(init.body)) })
    return Response.json(answers.get(route) ?? {})
  })
  status([site(1, 'Headquarters'), site(2, 'Shanghai', { behind_s: 0.4, behind_events: 12 })])
})

function site(number: number, name: string, some: Partial<SiteReport> = {}): SiteReport {
  return {
    number,
    name,
    address: '',
    state: 'joined',
    reachable: true,
    version: '0.2.0',
    last_contact_ms: Date.now(),
    clock_offset_ms: -3,
    round_trip_ms: 41,
    behind_events: 0,
    behind_s: 0,
    ahead_events: 0,
    ahead_s: 0,
    position: [77, 1_234],
    followed_pos: 1_222,
    needs: 0,
    bytes_in: 1_500,
    bytes_out: 2_000_000,
    held: null,
    kept_back: 0,
    kept_back_since_ms: null,
    alerts: [],
    ...some,
  }
}

function status(sites: SiteReport[], some: object = {}): void {
  answers.set('GET /sites/status', { here: 1, pos: 9, cut_s: 0, sites, login_conflicts: [], ...some })
}

async function open() {
  render(
    <I18nProvider i18n={i18n}>
      <QueryClientProvider client={new QueryClient({ defaultOptions: { queries: { retry: false } } })}>
        <SitesSection />
      </QueryClientProvider>
    </I18nProvider>,
  )
  return userEvent.setup()
}

const row = async (name: RegExp) => (await screen.findAllByRole('row', { name }))[0] as HTMLElement

async function choose(user: ReturnType<typeof userEvent.setup>, item: string): Promise<void> {
  await user.click(await screen.findByRole('button', { name: 'More about Shanghai' }))
  await user.click(await screen.findByRole('menuitem', { name: item }))
}

test('shows how each site is, with all figures', async () => {
  await open()
  const shanghai = await row(/Shanghai/)
  for (const words of ['Up to date', '0.4 sec', '12 events', '↓ 1.5 kB', '↑ 2 MB', '1234', '-3 ms', '0.2.0'])
    expect(within(shanghai).getByText(words)).toBeTruthy()
  expect(within(await row(/Headquarters/)).getByText('This site')).toBeTruthy()
})

test('what somebody should look at is said', async () => {
  const held = { code: 'core.clock_ahead', detail: 'An id lies too far in the future' }
  status([
    site(1, 'Headquarters'),
    site(2, 'Shanghai', { reachable: false, alerts: ['unreachable', 'clock_off', 'held'], held }),
  ])
  await open()
  const shanghai = await row(/Shanghai/)
  for (const words of ['Unreachable', 'Clock is off', 'Held up']) expect(within(shanghai).getByText(words)).toBeTruthy()
  expect(within(shanghai).getByText(/^A server’s clock is ahead/)).toBeTruthy()
})

test('a company of one server is offered its first branch', async () => {
  status([site(1, '')])
  await open()
  expect(await screen.findByText('All of the company works with this one server')).toBeTruthy()
  expect(screen.queryByRole('table')).toBeNull()
})

test('an invitation shows its token once', async () => {
  answers.set('POST /sites/invitations', { site: 3, token: 'bilin-token-abc', expires_ms: Date.now() })
  const user = await open()
  await user.click(await screen.findByRole('button', { name: 'Invite a branch' }))
  const dialog = await screen.findByRole('dialog')
  await user.type(within(dialog).getByLabelText(/Site name/), 'Shenzhen')
  await user.type(within(dialog).getByLabelText('Address'), 'bilin.example')
  await user.click(within(dialog).getByRole('button', { name: 'Make a token' }))
  expect(within(dialog).getByText('An address begins with https:// or http://.')).toBeTruthy()
  await user.clear(within(dialog).getByLabelText('Address'))
  await user.click(within(dialog).getByRole('button', { name: 'Make a token' }))
  expect(await within(dialog).findByDisplayValue('bilin-token-abc')).toBeTruthy()
  expect(asked).toEqual([{ route: 'POST /sites/invitations', body: { name: 'Shenzhen' } }])
})

const keptBack = (id: string, reason: string) => ({
  id,
  site: 2,
  actor: null,
  type: 'messaging.message_sent',
  reason,
  written_ms: 0,
  arrived_ms: 0,
  conversation: null,
})

test('what is kept back is dropped for good after a question; what nobody could write cannot be accepted', async () => {
  status([site(1, 'Headquarters'), site(2, 'Shanghai', { kept_back: 2, alerts: ['kept_back'] })])
  answers.set('GET /sites/kept-back', {
    events: [keptBack('7', 'stranger'), keptBack('8', 'beyond_limits')],
    more: false,
  })
  const user = await open()
  expect((await screen.findAllByRole('button', { name: 'Accept' })).length).toBe(1)
  const drops = () => asked.filter(({ route }) => route === 'POST /sites/kept-back/settle')
  await user.click(screen.getByRole('button', { name: 'Drop 2 events for good' }))
  expect(drops()).toEqual([])
  const question = await screen.findByRole('alertdialog')
  await user.click(within(question).getByRole('button', { name: 'Drop for good' }))
  expect(drops()).toEqual([{ route: 'POST /sites/kept-back/settle', body: { events: ['7', '8'], accepted: false } }])
})

test('who retires a site must type its name', async () => {
  const user = await open()
  await choose(user, 'Retire')
  const retire = () => screen.getByRole('button', { name: 'Retire' })
  expect((await screen.findByRole('button', { name: 'Retire' })).hasAttribute('disabled')).toBe(true)
  await user.type(screen.getByLabelText('Type “Shanghai” to confirm'), 'Shanghai')
  await user.click(retire())
  expect(asked).toEqual([{ route: 'POST /sites/2/retire', body: undefined }])
})

test('a comparison names the first difference', async () => {
  const difference = { what: 'message 5 of conversation 7', here: { recalled_id: '9' }, there: { recalled_id: 'null' } }
  const modules = [
    { module: 'org', equal: true, compared: 12, difference: null },
    { module: 'messaging', equal: false, compared: 1, difference },
  ]
  answers.set('POST /sites/verify', { site: 2, equal: false, moving: false, modules })
  const user = await open()
  await choose(user, 'Compare with this site')
  expect(await screen.findByText(difference.what)).toBeTruthy()
  expect(screen.getByLabelText('Equal').closest('li')?.textContent).toMatch(/^Units and people12 rows/)
  expect(asked).toEqual([{ route: 'POST /sites/verify', body: { site: 2 } }])
})

test('a cut can be rehearsed, and ended before its time', async () => {
  const user = await open()
  await user.click(await screen.findByRole('button', { name: 'Rehearse a cut' }))
  await user.click(await screen.findByRole('radio', { name: '5 min' }))
  status([site(1, 'Headquarters'), site(2, 'Shanghai', { reachable: false })], { cut_s: 299.2 })
  await user.click(screen.getByRole('button', { name: 'Cut the line' }))
  await user.click(await screen.findByRole('button', { name: 'Mend it now' }))
  expect(asked).toEqual([
    { route: 'POST /sites/cut', body: { seconds: 300 } },
    { route: 'DELETE /sites/cut', body: undefined },
  ])
})
