import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import type { Me } from '../api/contract.ts'
import { openCache } from '../cache/cache.ts'
import {
  acceptSession,
  changePreferences,
  checkSession,
  followSession,
  loseSession,
  refreshMe,
  signOut,
} from './session.ts'
import { preferenceOf, sessionStore } from './session-store.ts'

const state = () => sessionStore.getState()
const answers: Record<string, () => Response | Promise<Response>> = {}

function me(id = '1'): Me {
  const person = { id, name: 'Li', pinyin: 'li', initials: 'l', title: '', unit: '3', branch: '3', active: true }
  return {
    person: { ...person, email: '', phone: '', units: [] },
    login: 'li',
    permissions: [],
    preferences: {
      locale: 'en',
      theme: 'system',
      send_key: 'enter',
      density: 'comfortable',
      text_scale: 100,
      notify: 'all',
      notify_sound: false,
      quiet_until: 0,
    },
    session: '77',
    policies: {},
    unit_locale: null,
    must_change_password: false,
  }
}

function problem(status: number, code: string): Response {
  return Response.json({ status, code, title: code }, { status })
}

async function keep(person: string): Promise<void> {
  const cache = await openCache(person)
  await cache?.put('drafts', { conversation: '5' })
  cache?.close()
}

async function kept(): Promise<string[]> {
  return (await indexedDB.databases()).flatMap(({ name }) => name ?? [])
}

beforeEach(() => {
  for (const route of Object.keys(answers)) delete answers[route]
  vi.stubGlobal('fetch', async (url: string, init: RequestInit) => {
    const answer = answers[`${init.method} ${url.replace('/api', '')}`]
    if (!answer) throw new TypeError('Failed to fetch')
    return await answer()
  })
  localStorage.clear()
  sessionStore.setState({ phase: 'unknown', me: null, left: null, pending: {} })
})

afterEach(() => {
  vi.unstubAllGlobals()
})

describe('starting', () => {
  test('finds who is signed in', async () => {
    answers['GET /me'] = () => Response.json(me())
    await checkSession()
    expect(state()).toMatchObject({ phase: 'signed_in', me: { login: 'li' } })
  })

  test('finds that nobody is', async () => {
    answers['GET /me'] = () => problem(401, 'identity.not_signed_in')
    await checkSession()
    expect(state().phase).toBe('signed_out')
  })

  test('without the server rests on who was signed in last', async () => {
    await checkSession()
    expect(state().phase).toBe('unreachable')
    answers['GET /me'] = () => Response.json(me())
    await checkSession()
    delete answers['GET /me']
    sessionStore.setState({ phase: 'unknown', me: null })
    await checkSession()
    expect(state()).toMatchObject({ phase: 'signed_in', me: { login: 'li' } })
  })

  test('a server that is away does not sign anybody out', async () => {
    await acceptSession({ session: '77', me: me() })
    answers['GET /me'] = () => problem(503, 'core.unavailable')
    await checkSession()
    expect(state().phase).toBe('signed_in')
  })
})

describe('signing in and out', () => {
  test('signing out leaves nothing in the browser', async () => {
    await acceptSession({ session: '77', me: me() })
    await keep('1')
    answers['DELETE /sessions/current'] = () => Response.json({ id: '1', pos: 1 })
    await signOut()
    expect(state()).toMatchObject({ phase: 'signed_out', me: null })
    expect(await kept()).toEqual([])
    expect(localStorage.length).toBe(0)
  })

  test('signing out is a choice, also when the socket closes before the server answers', async () => {
    await acceptSession({ session: '77', me: me() })
    answers['DELETE /sessions/current'] = () => {
      loseSession() // as the socket does
      return Response.json({ id: '1', pos: 1 })
    }
    await signOut()
    expect(state().left).toEqual({ person: '1', byChoice: true })
    await acceptSession({ session: '78', me: me('2') })
    loseSession()
    expect(state().left).toEqual({ person: '2', byChoice: false })
  })

  test('that the server did not hear is not pretended', async () => {
    await acceptSession({ session: '77', me: me() })
    await expect(signOut()).rejects.toMatchObject({ code: 'client.offline' })
    expect(state().phase).toBe('signed_in')
  })

  test('an expired session keeps what was not sent, for the same person only', async () => {
    const stop = followSession()
    await acceptSession({ session: '77', me: me() })
    await keep('1')
    answers['GET /me'] = () => problem(401, 'identity.not_signed_in')
    await checkSession()
    expect(state().phase).toBe('signed_out')
    expect(await kept()).toHaveLength(1)
    await acceptSession({ session: '78', me: me() })
    expect(await kept()).toHaveLength(1)
    await acceptSession({ session: '79', me: me('2') })
    expect(await kept()).toEqual([])
    stop()
  })

  test('another tab that signs out signs this one out', async () => {
    const stop = followSession()
    await acceptSession({ session: '77', me: me() })
    const otherTab = new BroadcastChannel('bilin.session')
    otherTab.postMessage('signed_out')
    await vi.waitFor(() => expect(state().phase).toBe('signed_out'))
    otherTab.close()
    stop()
  })
})

describe('preferences', () => {
  beforeEach(() => acceptSession({ session: '77', me: me() }))

  test('show at once, and stay when the server agrees', async () => {
    answers['PATCH /me/preferences'] = () => Response.json({ id: '1', pos: 1 })
    const changing = changePreferences({ theme: 'dark' })
    expect(preferenceOf(state(), 'theme')).toBe('dark')
    await changing
    expect(state()).toMatchObject({ pending: {}, me: { preferences: { theme: 'dark', locale: 'en' } } })
  })

  test('are taken back when it does not', async () => {
    await expect(changePreferences({ theme: 'dark' })).rejects.toThrow()
    expect(preferenceOf(state(), 'theme')).toBe('system')
  })

  test('chosen again meanwhile, the last choice shows', async () => {
    const waiting: (() => void)[] = []
    answers['PATCH /me/preferences'] = () =>
      new Promise(resolve => {
        waiting.push(() => resolve(Response.json({ id: '1', pos: 1 })))
      })
    const first = changePreferences({ theme: 'dark' })
    const second = changePreferences({ theme: 'light' })
    await vi.waitFor(() => expect(waiting).toHaveLength(2))
    waiting[0]?.()
    await first
    expect(preferenceOf(state(), 'theme')).toBe('light')
    waiting[1]?.()
    await second
    expect(preferenceOf(state(), 'theme')).toBe('light')
  })

  test('of another device come from the log', () => {
    const changed = me()
    changed.preferences.locale = 'zh-CN'
    refreshMe(changed)
    expect(preferenceOf(state(), 'locale')).toBe('zh-CN')
  })
})
