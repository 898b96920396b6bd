import { isRedirect, type ParsedLocation } from '@tanstack/react-router'
import { beforeEach, expect, test, vi } from 'vitest'
import { Problem } from '@/core/api'
import { sessionStore } from '@/core/session'
import { requireSession } from './require-session'

const asked = { href: '/messages/42?at=7' } as ParsedLocation
const answer = vi.fn<typeof fetch>()

beforeEach(() => {
  localStorage.clear()
  sessionStore.setState({ phase: 'unknown', me: null })
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

test('an unreachable server is a problem that may pass, not a sign-out', async () => {
  answer.mockRejectedValue(new TypeError('Failed to fetch'))
  const problem = await outcome()
  expect(problem).toBeInstanceOf(Problem)
  expect((problem as Problem).isTemporary).toBe(true)
})
