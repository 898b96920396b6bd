import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { newKey, onSignedOut, request } from './client.ts'
import { forgetPosition, notePosition } from './position.ts'
import { Problem } from './problem.ts'

const fetched = vi.fn<(url: string, init: RequestInit) => Promise<Response>>()

beforeEach(() => {
  fetched.mockReset()
  vi.stubGlobal('fetch', fetched)
})

afterEach(() => {
  vi.unstubAllGlobals()
})

function answer(body: unknown, init?: ResponseInit): void {
  fetched.mockImplementationOnce(async () => Response.json(body, init))
}

function sent(): { url: string; init: RequestInit; headers: Headers } {
  const [url = '', init = {}] = fetched.mock.calls.at(-1) ?? []
  return { url, init, headers: new Headers(init.headers) }
}

const problem = (status: number, code: string, headers = {}) => {
  answer(
    { status, code, title: 'Title', detail: 'Detail', hint: 'Hint', details: { fields: { a: 'b' } } },
    { status, headers },
  )
}

async function refused(asking: Promise<unknown>): Promise<Problem> {
  const cause = await asking.catch((thrown: unknown) => thrown)
  expect(cause).toBeInstanceOf(Problem)
  return cause as Problem
}

describe('a request', () => {
  test('fills path and query, and sends the cookie to its own server only', async () => {
    answer({ pos: 1, messages: [], more_before: false, more_after: false })
    const path = { conversation: '-5' }
    await request('GET /conversations/{conversation}/messages', {
      path,
      query: { before: '7', limit: 50, after: undefined },
    })
    expect(sent().url).toBe('/api/conversations/-5/messages?before=7&limit=50')
    expect(sent().init.credentials).toBe('same-origin')
    expect(sent().headers.has('Idempotency-Key')).toBe(false)
  })

  test('encodes what stands in a path', async () => {
    answer({ id: '1', pos: 1 })
    const path = { conversation: '5', message: '6', emoji: '👍/#' }
    await request('PUT /conversations/{conversation}/messages/{message}/reactions/{emoji}', { path })
    expect(sent().url).toBe('/api/conversations/5/messages/6/reactions/%F0%9F%91%8D%2F%23')
  })

  test('every change carries a key: a fresh one, or the one given', async () => {
    const keys = []
    for (const key of [undefined, undefined, 'mine']) {
      answer({ id: null, pos: null })
      await request('POST /conversations/{conversation}/leave', { path: { conversation: '5' } }, { key })
      keys.push(sent().headers.get('Idempotency-Key'))
    }
    expect(keys[2]).toBe('mine')
    expect(keys[0]).not.toBe(keys[1])
    expect(newKey()).toMatch(/^[0-9a-f]{32}$/)
  })

  test('is answered no older than what was seen before', async () => {
    forgetPosition()
    answer({ id: '1', pos: 41 })
    await request('POST /conversations/{conversation}/leave', { path: { conversation: '5' } })
    expect(sent().headers.has('Bilin-Position')).toBe(false)
    answer({ id: null, pos: null })
    await request('POST /conversations/{conversation}/leave', { path: { conversation: '5' } })
    expect(sent().headers.get('Bilin-Position')).toBe('41')
    notePosition(40)
    answer({})
    await request('GET /me')
    expect(sent().headers.get('Bilin-Position')).toBe('41')
    forgetPosition()
  })

  test('sends JSON', async () => {
    answer({ id: '1', pos: 1 })
    await request('PATCH /conversations/{conversation}', { path: { conversation: '5' }, body: { title: '比邻' } })
    expect(sent().init).toMatchObject({ method: 'PATCH', body: '{"title":"比邻"}' })
    expect(sent().headers.get('Content-Type')).toBe('application/json')
  })
})

describe('a refusal', () => {
  test('is a Problem with code, hint and details', async () => {
    problem(422, 'core.invalid')
    const cause = await refused(request('GET /me'))
    expect(cause).toMatchObject({
      status: 422,
      code: 'core.invalid',
      hint: 'Hint',
      message: 'Detail',
      isTemporary: false,
    })
    expect(cause.details).toEqual({ fields: { a: 'b' } })
  })

  test('says when to try again', async () => {
    problem(429, 'core.too_many', { 'Retry-After': '3' })
    expect(await refused(request('GET /me'))).toMatchObject({ retryAfterS: 3, isTemporary: true })
  })

  test('by something before the server is understood, too', async () => {
    fetched.mockImplementationOnce(async () => new Response('<html>Bad gateway', { status: 502 }))
    expect(await refused(request('GET /me'))).toMatchObject({
      status: 502,
      code: 'core.unavailable',
      isTemporary: true,
    })
  })

  test('401 tells that the session is over, except when signing in', async () => {
    const heard = vi.fn()
    const stop = onSignedOut(heard)
    problem(401, 'identity.wrong_credentials')
    await refused(request('POST /sessions', { body: { login: 'a', password: 'b' } }))
    expect(heard).not.toHaveBeenCalled()
    problem(401, 'identity.not_signed_in')
    await refused(request('GET /me'))
    expect(heard).toHaveBeenCalledOnce()
    stop()
  })
})

describe('no answer', () => {
  test('without network is a Problem that may pass', async () => {
    fetched.mockRejectedValueOnce(new TypeError('Failed to fetch'))
    expect(await refused(request('GET /me'))).toMatchObject({ status: 0, code: 'client.offline', isTemporary: true })
  })

  test('in the middle is the same', async () => {
    const broken = new Response(new ReadableStream({ start: body => body.error(new TypeError('network error')) }))
    fetched.mockResolvedValueOnce(broken)
    expect(await refused(request('GET /me'))).toMatchObject({ code: 'client.offline' })
  })

  test('in time is told apart', async () => {
    fetched.mockImplementationOnce(
      (_, { signal }) =>
        new Promise((_resolve, reject) => signal?.addEventListener('abort', () => reject(signal.reason))),
    )
    expect(await refused(request('GET /me', undefined, { timeoutMs: 10 }))).toMatchObject({ code: 'client.timeout' })
  })

  test('because nobody waits for it any more is no problem', async () => {
    const controller = new AbortController()
    fetched.mockImplementationOnce(
      (_, { signal }) =>
        new Promise((_resolve, reject) => signal?.addEventListener('abort', () => reject(signal.reason))),
    )
    const asking = request('GET /me', undefined, { signal: controller.signal })
    controller.abort()
    await expect(asking).rejects.toMatchObject({ name: 'AbortError' })
  })
})
