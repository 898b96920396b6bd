import { i18n } from '@lingui/core'
import { I18nProvider } from '@lingui/react'
import { QueryClient, QueryClientProvider } from '@tanstack/react-query'
import { act, fireEvent, render, screen } from '@testing-library/react'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import type { Me } from '@/core/api'
import { sessionStore } from '@/core/session'
import { resetSites, showSites } from '@/core/sites'
import { homesQuery, sitesQuery } from '@/features/contacts'
import { dismissedStore } from './dismissed'
import { SiteBar } from './SiteBar'

const talks = vi.hoisted(() => ({ sites: [] as number[] }))
const list = [
  {
    get sites() {
      return talks.sites
    },
  },
]
vi.mock('@/log', async original => ({ ...(await original<object>()), useConversations: () => list }))

const names: Record<number, string> = { 1: 'Headquarters', 2: 'Shanghai', 3: 'Shenzhen' }
const queries = new QueryClient({ defaultOptions: { queries: { retry: false } } })

beforeEach(() => {
  vi.useFakeTimers()
  i18n.loadAndActivate({ locale: 'en', messages: {} })
  sessionStore.setState({ phase: 'signed_in', me: { person: { unit: '7' } } as Me })
  dismissedStore.setState({ names: new Set() })
  talks.sites = []
  home(1)
})

afterEach(() => {
  act(resetSites)
  queries.clear()
  vi.useRealTimers()
})

/** I am at home at a site; every one has an address. */
function home(site: number): void {
  const sites = [1, 2, 3].map(number => ({
    number,
    name: names[number] ?? '',
    address: `https://site${number}.example`,
    state: 'joined' as const,
    reachable: true,
  }))
  queries.setQueryData(homesQuery.queryKey, { pos: 1, homes: [{ unit: '7', site, set: true }], policies: [] })
  queries.setQueryData(sitesQuery.queryKey, { here: 1, sites })
}

function open(): void {
  render(
    <I18nProvider i18n={i18n}>
      <QueryClientProvider client={queries}>
        <SiteBar />
      </QueryClientProvider>
    </I18nProvider>,
  )
}

/** The lines from a site: to those that are given, whether they can be reached. */
function lines(here: number, reachable: Record<number, boolean>, since = 1): void {
  const sites = Object.entries(reachable).map(([site, up]) => ({
    site: Number(site),
    name: names[Number(site)] ?? '',
    reachable: up,
    since_ms: up ? null : since,
    delivered: null,
  }))
  act(() => showSites({ t: 'sites', here, sites }))
}

const wait = (ms: number) => act(() => vi.advanceTimersByTime(ms))
const bar = () => screen.queryByRole('status')?.textContent ?? null

test('a branch that is cut off hears of headquarters alone, once it lasts, and that the line is back', () => {
  home(2)
  open()
  lines(2, { 1: false, 3: false })
  expect(bar()).toBeNull()
  wait(2_000)
  expect(bar()).toMatch(/^The connection to headquarters is cut/)
  lines(2, { 1: true, 3: true })
  expect(bar()).toBe('The connection is back; merging…')
  wait(5_000)
  expect(bar()).toBeNull()
})

test('headquarters hears of the branches it talks with', () => {
  talks.sites = [2, 3]
  open()
  lines(1, { 2: false, 3: false })
  wait(2_000)
  expect(bar()).toMatch(/^The connection to Shanghai and Shenzhen is cut/)
})

test('a branch that nobody here talks with does not matter', () => {
  talks.sites = [3]
  open()
  lines(1, { 2: false, 3: true })
  wait(10_000)
  expect(bar()).toBeNull()
})

test('what was dismissed comes back with the next cut', () => {
  talks.sites = [2, 3]
  open()
  lines(1, { 2: false, 3: true })
  wait(2_000)
  fireEvent.click(screen.getByRole('button', { name: 'Hide until the next cut' }))
  expect(bar()).toBeNull()
  lines(1, { 2: false, 3: false })
  wait(2_000)
  expect(bar()).toMatch(/Shanghai and Shenzhen/)
})

test('who is at home elsewhere is told where, with the way there', () => {
  home(2)
  open()
  lines(1, { 2: true, 3: true })
  expect(bar()).toMatch(/^Your home site is Shanghai/)
  expect(screen.getByRole('link', { name: 'Go there' }).getAttribute('href')).toBe('https://site2.example')
  fireEvent.click(screen.getByRole('button', { name: 'Hide' }))
  expect(bar()).toBeNull()
})
