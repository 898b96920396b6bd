import { i18n } from '@lingui/core'
import { I18nProvider } from '@lingui/react'
import { QueryClient, QueryClientProvider } from '@tanstack/react-query'
import { createMemoryHistory, createRootRoute, createRoute, createRouter, RouterProvider } from '@tanstack/react-router'
import { render, screen } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { beforeEach, expect, test, vi } from 'vitest'
import type { Joining } from '@/core/api'
import { sessionStore } from '@/core/session'
import { SetUpPage } from '../SetUpPage'

/** A server as it answers while it joins. */
const server = {
  setup: { needed: true, company: null as string | null, joining: null as Joining | null },
  tokens: [] as string[],
  refusal: null as object | null,
}

const connecting: Joining = { site: 2, name: 'Shanghai', phase: 'connecting', done: 0, total: 0, problem: null }

beforeEach(() => {
  i18n.loadAndActivate({ locale: 'en', messages: {} })
  sessionStore.setState({ phase: 'signed_out', me: null })
  Object.assign(server, { setup: { needed: true, company: null, joining: null }, tokens: [], refusal: null })
  vi.stubGlobal('fetch', async (url: string, init: RequestInit) => {
    if (url === '/api/setup') return Response.json(server.setup)
    if (server.refusal) return Response.json(server.refusal, { status: 403 })
    server.tokens.push(JSON.parse(String(init.body)).token)
    server.setup = { ...server.setup, joining: connecting }
    return Response.json({ site: 2, name: 'Shanghai' }, { status: 202 })
  })
})

function open(): void {
  const root = createRootRoute()
  const page = createRoute({ getParentRoute: () => root, path: '/', component: SetUpPage })
  const signIn = createRoute({ getParentRoute: () => root, path: '/sign-in', component: () => 'the sign-in' })
  const router = createRouter({ routeTree: root.addChildren([page, signIn]), history: createMemoryHistory() })
  render(
    <I18nProvider i18n={i18n}>
      <QueryClientProvider client={new QueryClient()}>
        <RouterProvider router={router as never} />
      </QueryClientProvider>
    </I18nProvider>,
  )
}

async function join(token: string): Promise<void> {
  await userEvent.click(await screen.findByRole('radio', { name: 'Join as a branch' }))
  await userEvent.type(screen.getByLabelText('Token'), token)
  await userEvent.type(screen.getByLabelText('Set-up code'), '7KQ2-M9XD-4HTZ')
  await userEvent.click(screen.getByRole('button', { name: 'Join' }))
}

test('from the token to the sign-in, with what is copied meanwhile', async () => {
  open()
  await join(' abc \ndef ')
  expect(await screen.findByRole('heading', { name: 'Becoming Shanghai' })).toBeTruthy()
  expect(server.tokens).toEqual(['abcdef'])
  server.setup.joining = { ...connecting, phase: 'copying', done: 1_200, total: 4_000 }
  expect(await screen.findByText('1,200 of 4,000')).toBeTruthy()
  server.setup = { needed: false, company: 'Harbour', joining: { ...connecting, phase: 'following' } }
  expect(await screen.findByText('the sign-in')).toBeTruthy()
})

test('a reload shows how far it is', async () => {
  server.setup.joining = { ...connecting, problem: { code: 'sites.unreachable', title: '', detail: '', hint: '' } }
  open()
  expect(await screen.findByText(/^Headquarters is not responding/)).toBeTruthy()
  expect(screen.getByText('Connecting to headquarters').closest('li')?.getAttribute('aria-current')).toBe('step')
})

test('a token that is not good is refused at once, with the reason', async () => {
  server.refusal = { code: 'sites.token_refused', title: 'This token is not good' }
  open()
  await join('abc')
  expect((await screen.findByRole('alert')).textContent).toMatch(/^This token is wrong/)
})

test('what headquarters refuses can be tried with another token', async () => {
  const problem = { code: 'sites.versions_apart', title: '', detail: '', hint: '' }
  server.setup.joining = { ...connecting, phase: 'refused', problem }
  open()
  expect((await screen.findByRole('alert')).textContent).toMatch(/^The versions of the two sites/)
  expect(screen.getByLabelText('Token')).toBeTruthy()
})
