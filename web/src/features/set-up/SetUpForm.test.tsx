import { i18n } from '@lingui/core'
import { I18nProvider } from '@lingui/react'
import { render, screen } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { beforeEach, expect, test, vi } from 'vitest'
import { SetUpForm } from './SetUpForm'

const answer = vi.fn<typeof fetch>()
const onFounded = vi.fn(async () => {})

beforeEach(() => {
  i18n.loadAndActivate({ locale: 'en', messages: {} })
  vi.stubGlobal('fetch', answer)
  answer.mockReset()
  onFounded.mockClear()
  render(
    <I18nProvider i18n={i18n}>
      <SetUpForm onFounded={onFounded} />
    </I18nProvider>,
  )
})

async function fill(password: string) {
  await userEvent.type(screen.getByLabelText('Company name'), 'Harbour')
  await userEvent.type(screen.getByLabelText('Your name'), 'Ann Lee')
  await userEvent.type(screen.getByLabelText('Login'), 'ann')
  await userEvent.type(screen.getByLabelText('Password'), password)
  await userEvent.type(screen.getByLabelText('Set-up code'), ' 7kq2-m9xd-4htz ')
  await userEvent.click(screen.getByRole('button', { name: 'Create the company' }))
}

test('a short password is refused here', async () => {
  await fill('short')
  expect(screen.getByText('Use at least 8 characters.')).toBeDefined()
  expect(answer).not.toHaveBeenCalled()
})

test('the company is founded in the language of the page', async () => {
  answer.mockResolvedValue(Response.json({ session: '1' }, { status: 201 }))
  await fill('blue-lamp-7')
  const body = JSON.parse(String(answer.mock.calls[0]?.[1]?.body))
  const founder = { company: 'Harbour', name: 'Ann Lee', login: 'ann', password: 'blue-lamp-7', locale: 'en' }
  expect(body).toEqual({ ...founder, code: '7kq2-m9xd-4htz' })
  expect(onFounded).toHaveBeenCalledWith({ session: '1' }, 'Harbour')
})

test('what the server says of a field stands at the field', async () => {
  const details = { reasons: { password: { code: 'too_short', least: 12 } } }
  answer.mockResolvedValue(Response.json({ code: 'core.invalid', title: 'Invalid', details }, { status: 422 }))
  await fill('blue-lamp-7')
  expect(await screen.findByText('At least 12 characters.')).toBeDefined()
  expect(screen.queryByRole('alert')).toBeNull()
})
