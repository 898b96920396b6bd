import { i18n } from '@lingui/core'
import { I18nProvider } from '@lingui/react'
import { QueryClient, QueryClientProvider } from '@tanstack/react-query'
import { render, screen, within } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { beforeEach, expect, test, vi } from 'vitest'
import type { PolicySaid, PolicyView, Unit } from '@/core/api'
import { orgTreeOf } from '@/features/contacts'
import { Editor } from './Editor'

const unit = (id: string, parent: string | null): Unit => ({
  ...{
    id,
    parent,
    name: `Unit ${id}`,
    kind: parent ? 'branch' : 'company',
    path: '',
    rank: 0,
    people: 3,
    locale: null,
  },
})
const units = [unit('1', null), unit('2', '1'), unit('3', '2')]
const tree = orgTreeOf(units)
const said = (about: Partial<PolicySaid>): PolicySaid => ({
  ...{ id: '9', unit: '1', subject: '', value: 86_400, locked: false, reason: '', person: null },
  ...about,
})
const recall: PolicyView = {
  name: 'messaging.recall_window_s',
  meaning: '',
  kind: 'number',
  measure: 'seconds',
  least: 0,
  most: null,
  choices: [],
  value: 86_400,
  default: 86_400,
  said: said({}),
  own: null,
  locked_by: null,
  special: [],
  below: 1,
}
const asked: { route: string; body: unknown }[] = []
let refusal: object | null = null

beforeEach(() => {
  i18n.loadAndActivate({ locale: 'en', messages: {} })
  asked.length = 0
  refusal = null
  vi.stubGlobal('fetch', async (url: string, init: RequestInit) => {
    const body = JSON.parse(String(init.body))
    asked.push({ route: `${init.method} ${url.replace('/api/policies', '')}`, body })
    if (url.endsWith('/effect')) {
      return Response.json({
        pos: 1,
        value: body.value,
        units: 1,
        people: 2,
        kept: [{ unit: '3', value: 60 }],
        ended: [],
      })
    }
    return refusal ? Response.json(refusal, { status: 409 }) : Response.json({ id: '10', pos: 10 })
  })
})

function open(policy: PolicyView = recall): ReturnType<typeof userEvent.setup> {
  render(
    <I18nProvider i18n={i18n}>
      <QueryClientProvider client={new QueryClient({ defaultOptions: { queries: { retry: false } } })}>
        <Editor tree={tree} unit={units[1] as Unit} policy={policy} />
      </QueryClientProvider>
    </I18nProvider>,
  )
  return userEvent.setup()
}

const cell = '/messaging.recall_window_s/units/2'

test('what would change is counted before it can be saved', async () => {
  const user = open()
  expect(screen.queryByRole('button', { name: 'Save' })).toBeNull()
  await user.click(screen.getByRole('radio', { name: 'A value of its own' }))
  const value = screen.getByRole('textbox', { name: 'Value' })
  await user.clear(value)
  await user.type(value, '2')
  expect(screen.getByRole('button', { name: 'Save' }).hasAttribute('disabled')).toBe(true)
  const effect = await screen.findByText('It changes something for 2 people')
  expect(within(effect.closest('ul') as HTMLElement).getByText(/not touched: Unit 3 \(1 minute\)/)).toBeTruthy()
  await user.type(screen.getByRole('textbox', { name: 'Reason' }), 'because')
  await user.click(screen.getByRole('button', { name: 'Save' }))
  const body = { value: 2 * 86_400, subject: '', locked: false }
  expect(asked).toEqual([
    { route: `POST ${cell}/effect`, body },
    { route: `PUT ${cell}`, body: { ...body, reason: 'because' } },
  ])
})

test('what is no value is not asked about, and says which would be', async () => {
  const user = open()
  await user.click(screen.getByRole('radio', { name: 'A value of its own' }))
  const value = screen.getByRole('textbox', { name: 'Value' })
  await user.clear(value)
  expect(await screen.findByText('A whole number, 0 or more.')).toBeTruthy()
  expect(screen.queryByRole('button', { name: 'Save' })).toBeNull()
  expect(asked).toEqual([])
})

test('a value of its own is let go', async () => {
  const user = open({ ...recall, value: 60, said: said({ unit: '2', value: 60 }), own: said({ unit: '2', value: 60 }) })
  expect(screen.getByRole<HTMLInputElement>('textbox', { name: 'Value' }).value).toBe('1')
  await user.click(screen.getByRole('radio', { name: 'As above' }))
  await screen.findByText('It changes something for 2 people')
  await user.click(screen.getByRole('button', { name: 'Let it be as above' }))
  expect(asked.at(-1)).toEqual({ route: `PUT ${cell}`, body: { value: null, subject: '', reason: '' } })
})

test('what a unit above fixed says who did, and offers nothing', () => {
  open({ ...recall, locked_by: '1', said: said({ locked: true }) })
  expect(screen.getByText('Unit 1 has fixed this value for all units below. Ask who administers it.')).toBeTruthy()
  expect(screen.queryByRole('radio')).toBeNull()
})

test('a value that was set before a unit above fixed its own can still be let go', async () => {
  const user = open({ ...recall, locked_by: '1', said: said({ locked: true }), own: said({ unit: '2', value: 60 }) })
  expect(screen.queryByRole('textbox')).toBeNull()
  await user.click(screen.getByRole('radio', { name: 'As above' }))
  await screen.findByText('It changes something for 2 people')
  await user.click(screen.getByRole('button', { name: 'Let it be as above' }))
  expect(asked.at(-1)?.body).toEqual({ value: null, subject: '', reason: '' })
})

test('a refusal is told with its code, and what was written stays', async () => {
  refusal = { status: 409, code: 'policies.locked', title: '', detail: '', hint: '', details: {} }
  const user = open()
  await user.click(screen.getByRole('radio', { name: 'A value of its own' }))
  await user.click(screen.getByRole('checkbox', { name: 'Units below may not have another' }))
  await screen.findByText('It changes something for 2 people')
  await user.click(screen.getByRole('button', { name: 'Save' }))
  const alert = await screen.findByRole('alert')
  expect(alert.textContent).toContain('A unit above has fixed this value.')
  expect(alert.textContent).toContain('policies.locked')
  expect(screen.getByRole<HTMLInputElement>('textbox', { name: 'Value' }).value).toBe('1')
})
