import { i18n } from '@lingui/core'
import { I18nProvider } from '@lingui/react'
import { render, screen } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { beforeEach, expect, test, vi } from 'vitest'
import { SignInForm } from './SignInForm'

const answer = vi.fn<typeof fetch>()
const onSignedIn = vi.fn(async () => {})

beforeEach(() => {
  i18n.loadAndActivate({ locale: 'en', messages: {} })
  vi.stubGlobal('fetch', answer)
  answer.mockReset()
  onSignedIn.mockClear()
})

function problem(status: number, code: string, headers?: HeadersInit) {
  return Response.json({ status, code, title: code }, { status, headers })
}

async function signIn() {
  render(
    <I18nProvider i18n={i18n}>
      <SignInForm onSignedIn={onSignedIn} />
    </I18nProvider>,
  )
  await userEvent.type(screen.getByLabelText('Login'), ' ann ')
  await userEvent.type(screen.getByLabelText('Password'), 'secret{Enter}')
}

test('login and device are sent, the answer is handed on', async () => {
  answer.mockResolvedValue(Response.json({ session: '1', me: {} }, { status: 201 }))
  await signIn()
  const body = JSON.parse(String(answer.mock.calls[0]?.[1]?.body))
  expect(body).toMatchObject({ login: 'ann', password: 'secret', device: expect.any(String) })
  expect(onSignedIn).toHaveBeenCalledWith({ session: '1', me: {} })
})

test.each([
  [401, 'identity.wrong_credentials', 'The login or the password is wrong.'],
  [403, 'identity.account_inactive', 'This account is deactivated. Ask your administrator.'],
  [403, 'identity.password_expired', 'The password you were given has expired. Ask your administrator for a new one.'],
  [503, 'core.unavailable', 'The server is restarting. Try again in a moment.'],
])('%i %s is worded', async (status, code, words) => {
  answer.mockResolvedValue(problem(status, code))
  await signIn()
  expect((await screen.findByRole('alert')).textContent).toBe(words)
  expect(onSignedIn).not.toHaveBeenCalled()
})

test('a server that is not there is worded', async () => {
  answer.mockRejectedValue(new TypeError('Failed to fetch'))
  await signIn()
  expect((await screen.findByRole('alert')).textContent).toContain('cannot be reached')
})

test('too many attempts lock the button until the time is over', async () => {
  answer.mockResolvedValue(problem(429, 'core.too_many', { 'Retry-After': '65' }))
  await signIn()
  expect((await screen.findByRole('status')).textContent).toContain('1:05')
  const button = screen.getByRole('button', { name: 'Sign in' })
  expect(button).toHaveProperty('disabled', true)
})

test('nothing is sent while something is missing, and what is missing gets the focus', async () => {
  render(
    <I18nProvider i18n={i18n}>
      <SignInForm onSignedIn={onSignedIn} />
    </I18nProvider>,
  )
  await userEvent.type(screen.getByLabelText('Login'), 'ann{Enter}')
  expect(screen.getByText('Enter your password.')).toBeDefined()
  expect(document.activeElement).toBe(screen.getByLabelText('Password'))
  expect(answer).not.toHaveBeenCalled()
})
