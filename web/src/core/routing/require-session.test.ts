import { isRedirect, type ParsedLocation } from '@tanstack/react-router'
import { beforeEach, expect, test, vi } from 'vitest'
import { Problem } from '@/core/api'
import { sessionStore } from '@/core/session'
import { requireChoice, requireSession } from './require-session'

const asked = { href: '/messages/42?at=7' } as ParsedLocation
const answer = vi.fn<typeof fetch>()

beforeEach(() => {
  localStorage.clear()
  sessionStore.setState({ phase: 'unknown', me: null, left: null })
  answer.mockReset()
  vi.stubGlobal('fetch', answer)
})

async function outcome(): Promise<unknown> {
  return await requireSession({ location: asked }).then(
    () => 'passes',
    (thrown: unknown) => (isRedirect(thrown) ? thrown.options : thrown),
  )
}

test('who is signed in passes, and is asked for only once', async () => {
  answer.mockResolvedValue(Response.json({ person: { id: '1' }, preferences: {} }))
  expect(await outcome()).toBe('passes')
  expect(await outcome()).toBe('passes')
  expect(answer).toHaveBeenCalledTimes(1)
})

test('who is not goes to the sign-in, and comes back afterwards', async () => {
  answer.mockResolvedValue(Response.json({ code: 'identity.not_signed_in' }, { status: 401 }))
  expect(await outcome()).toMatchObject({ to: '/sign-in', search: { to: '/messages/42?at=7' } })
})

test('whose session ran out comes back, nobody else', async () => {
  sessionStore.setState({ phase: 'signed_out', me: null, left: { person: '7', byChoice: false } })
  expect(await outcome()).toMatchObject({ to: '/sign-in', search: { to: '/messages/42?at=7', of: '7' } })
})

test('who signed out leaves no address behind', async () => {
  sessionStore.setState({ phase: 'signed_out', me: null, left: { person: '7', byChoice: true } })
  expect(await outcome()).toMatchObject({ to: '/sign-in', search: {} })
  expect((await outcome()) as object).not.toHaveProperty('search.to')
})

test('who signed in with a password that somebody else gave chooses another one first', async () => {
  answer.mockResolvedValue(Response.json({ person: { id: '1' }, preferences: {}, must_change_password: true }))
  expect(await outcome()).toMatchObject({ to: '/new-password', search: { to: '/messages/42?at=7', of: '1' } })
})

test('who has chosen already has nothing to choose', async () => {
  answer.mockResolvedValue(Response.json({ person: { id: '1' }, preferences: {}, must_change_password: false }))
  await expect(requireChoice()).rejects.toMatchObject({ options: { to: '/' } })
})

test('an unreachable server is a problem that may pass, not a sign-out', async () => {
  answer.mockRejectedValue(new TypeError('Failed to fetch'))
  const problem = await outcome()
  expect(problem).toBeInstanceOf(Problem)
  expect((problem as Problem).isTemporary).toBe(true)
})
