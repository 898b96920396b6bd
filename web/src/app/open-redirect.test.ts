import { createMemoryHistory } from '@tanstack/react-router'
import { beforeEach, expect, test, vi } from 'vitest'
import { sessionStore } from '@/core/session'
import { returnAddress } from '@/features/sign-in'
import { router } from './router'

const outside = [
  'https://evil.example',
  'HTTPS:evil.example',
  '//evil.example',
  '///evil.example',
  '/\\evil.example',
  '\\\\evil.example',
  '/\t/evil.example',
  '/\n/evil.example',
  ' //evil.example',
  '/.//evil.example',
  '/messages/../..//evil.example',
  '/%2F/evil.example',
  '/%5Cevil.example',
  '%2F%2Fevil.example',
  'evil.example',
  'javascript:alert(1)',
  'java\nscript:alert(1)',
  'data:text/html,x',
  'blob:x',
  '',
]

/** The router merges what stands in the address with what was validated, so the check must hold where it is used. */
beforeEach(() => {
  vi.stubGlobal('fetch', () => Promise.resolve(Response.json({ code: 'x' }, { status: 401 })))
  sessionStore.setState({ phase: 'signed_out', me: null, left: null })
})

test.each(outside.flatMap(to => [to, encodeURIComponent(to)]))(
  'through the router %j leads nowhere but home',
  async to => {
    const page = `/sign-in?to=${encodeURIComponent(to)}`
    router.update({ ...router.options, history: createMemoryHistory({ initialEntries: [page] }) })
    await router.load()
    expect(router.state.location.pathname).toBe('/sign-in')
    const merged = router.state.matches.at(-1)?.search as Record<string, never>
    expect(returnAddress(merged, '1')).toBe('/')
  },
)
