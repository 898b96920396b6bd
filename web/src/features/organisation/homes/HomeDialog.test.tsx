import { i18n } from '@lingui/core'
import { I18nProvider } from '@lingui/react'
import { QueryClient, QueryClientProvider } from '@tanstack/react-query'
import { render, screen } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { beforeEach, expect, test, vi } from 'vitest'
import type { Unit } from '@/core/api'
import { orgTreeOf } from '@/features/contacts'
import { HomeDialog } from './HomeDialog'

const unit = (id: string, parent: string | null): Unit => ({
  id,
  parent,
  name: `Unit ${id}`,
  kind: parent ? 'branch' : 'company',
  path: '',
  rank: 0,
  people: 0,
  locale: null,
})
const units = [unit('1', null), unit('2', '1')]
const site = (number: number, name: string) => ({ number, name, address: '', state: 'joined', reachable: true })
const asked: { route: string; body: unknown }[] = []
const onClose = vi.fn()

beforeEach(async () => {
  i18n.loadAndActivate({ locale: 'en', messages: {} })
  asked.length = 0
  onClose.mockClear()
  const answers: Record<string, object> = {
    '/api/sites': { here: 1, sites: [site(1, 'Headquarters'), site(2, 'Shanghai')] },
    '/api/sites/homes': {
      homes: [
        { unit: '1', site: 1, set: false },
        { unit: '2', site: 1, set: false },
      ],
      policies: [{ unit: '1', leaves: 'everything', kinds: ['conversation'] }],
    },
  }
  vi.stubGlobal('fetch', async (url: string, init: RequestInit) => {
    if (init.method === 'GET') return Response.json(answers[url])
    asked.push({ route: `${init.method} ${url}`, body: JSON.parse(String(init.body)) })
    return Response.json({ id: '9', pos: 9 })
  })
  render(
    <I18nProvider i18n={i18n}>
      <QueryClientProvider client={new QueryClient()}>
        <HomeDialog tree={orgTreeOf(units)} unit={units[1] as Unit} onClose={onClose} />
      </QueryClientProvider>
    </I18nProvider>,
  )
  await screen.findByRole('dialog')
})

async function pick(label: string, option: string): Promise<void> {
  await userEvent.click(await screen.findByRole('combobox', { name: label }))
  await userEvent.click(await screen.findByRole('option', { name: option }))
}

test('what is inherited is shown, and only what changed is sent', async () => {
  const home = await screen.findByRole('combobox', { name: 'Home site' })
  expect(home.textContent).toContain('As the unit above (Headquarters)')
  expect(screen.getByRole('combobox', { name: 'What leaves the home site' }).textContent).toContain(
    'As the unit above (Everything)',
  )
  expect(screen.getByText(/^Headquarters keeps a copy/)).toBeTruthy()
  await pick('Home site', 'Shanghai')
  await userEvent.click(screen.getByRole('button', { name: 'Save' }))
  await vi.waitFor(() => expect(onClose).toHaveBeenCalled())
  expect(asked).toEqual([{ route: 'PUT /api/sites/homes/2', body: { site: 2 } }])
})

test('a policy says what it means and what it concerns', async () => {
  await pick('What leaves the home site', 'Nothing')
  expect(screen.getByText(/must not leave the country/)).toBeTruthy()
  await userEvent.click(screen.getByRole('checkbox', { name: 'Presence and typing' }))
  await userEvent.click(screen.getByRole('button', { name: 'Save' }))
  await vi.waitFor(() => expect(onClose).toHaveBeenCalled())
  const body = { leaves: 'nothing', kinds: ['conversation', 'session'] }
  expect(asked).toEqual([{ route: 'PUT /api/sites/policies/2', body }])
})
