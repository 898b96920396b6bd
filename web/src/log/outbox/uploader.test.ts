import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { resetUnkept } from '../saved/unkept.ts'
import { textContent } from '../testing/random.ts'
import { findOutgoing, outgoingOf, resetOutbox } from './outbox-store.ts'
import type { Outgoing } from './outgoing.ts'
import { Sender } from './sender.ts'
import { memoryStorage } from './storage.ts'
import { Uploader } from './uploader.ts'
import { uploadsStore } from './uploads-store.ts'

const place = '/api/files/uploads/77'
let sender: Sender
let uploader: Uploader
let asked: string[]
let sent: { content: { blocks: unknown[] } }[]
/** What the server has of the file. */
let held: number
let isAway: boolean
/** The line is cut when so much is there. */
let cutAt: number
let refusal: { status: number; code: string } | null

function answer(body: unknown, headers: Record<string, string> = {}, status = 200): Response {
  return new Response(JSON.stringify(body), { status, headers: { 'Content-Type': 'application/json', ...headers } })
}

async function serve(url: string, init: RequestInit): Promise<Response> {
  const path = new URL(url, 'http://bilin.test').pathname
  const headers = new Headers(init.headers)
  asked.push(`${init.method} ${path} ${headers.get('Upload-Offset') ?? ''}`.trim())
  init.signal?.throwIfAborted()
  if (isAway || held >= cutAt) throw new TypeError('Failed to fetch')
  if (path.endsWith('/messages')) {
    sent.push(JSON.parse(String(init.body)))
    return answer({ id: '9', pos: 9 }, {}, 201)
  }
  if (refusal) return answer(refusal, {}, refusal.status)
  const view = { id: '77', name: '报告.txt', size: 1_000_000, media_type: 'text/plain', received: held }
  if (init.method === 'POST') return answer(view, { Location: place }, 201)
  if (init.method === 'GET') return answer(view)
  held += (init.body as ArrayBuffer).byteLength
  return new Response(null, { status: 204, headers: { 'Upload-Offset': String(held) } })
}

function withFile(key: string): Outgoing {
  const blob = new Blob([new Uint8Array(1_000_000)])
  const file = { key: 'f', name: '报告.txt', size: 1_000_000, type: 'text/plain', blob, place: null, uploaded: null }
  return {
    key,
    conversation: '5',
    content: textContent('看'),
    reply_to: null,
    at: 1,
    failed: null,
    sent: null,
    files: [file],
  }
}

async function send(outgoing: Outgoing): Promise<void> {
  await sender.add(outgoing)
  uploader.start(outgoing)
}

beforeEach(() => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] })
  vi.stubGlobal('fetch', vi.fn(serve))
  asked = []
  sent = []
  held = 0
  isAway = false
  cutAt = Number.POSITIVE_INFINITY
  refusal = null
  sender = new Sender({ person: '1', storage: memoryStorage(), isKnown: () => true, tell: () => undefined })
  uploader = new Uploader(sender)
})

afterEach(() => {
  uploader.stop()
  sender.stop()
  resetOutbox()
  resetUnkept()
  uploadsStore.setState({}, true)
  vi.useRealTimers()
  vi.unstubAllGlobals()
})

test('a message goes when its files are there, and names them as the server does', async () => {
  await send(withFile('a'))
  await vi.waitFor(() => expect(sent).toHaveLength(1))
  const shown = { type: 'file', file: '77', name: '报告.txt', size: 1_000_000, media_type: 'text/plain' }
  expect(sent[0]?.content.blocks).toEqual([...textContent('看').blocks, shown])
  expect(uploadsStore.getState()).toEqual({})
})

test('words do not wait for files; a file goes on where it was when the connection is back', async () => {
  cutAt = 200_000
  await send(withFile('a'))
  await vi.waitFor(() => expect(uploadsStore.getState().a?.state).toBe('waits'))
  const before = held
  cutAt = Number.POSITIVE_INFINITY
  const { files: _, ...words } = withFile('b')
  await sender.add({ ...words, at: 2 })
  await vi.waitFor(() => expect(sent).toHaveLength(1))
  expect(findOutgoing('a')?.failed).toBeNull()
  asked = []
  uploader.startAll()
  await vi.waitFor(() => expect(sent).toHaveLength(2))
  expect(asked.slice(0, 2)).toEqual([`GET ${place}`, `PATCH ${place} ${before}`])
})

test.each(['files.too_large', 'files.site_full', 'files.program_forbidden'])(
  '%s is said, and nothing is sent',
  async code => {
    refusal = { status: code === 'files.site_full' ? 507 : 403, code }
    await send(withFile('a'))
    await vi.waitFor(() => expect(findOutgoing('a')?.failed?.code).toBe(code))
    expect(sent).toEqual([])
  },
)

test('paused it stays, let go on it is sent, given up it is nowhere', async () => {
  await send(withFile('a'))
  uploader.pause('a')
  await vi.waitFor(() => expect(uploadsStore.getState().a?.state).toBe('paused'))
  uploader.startAll()
  await vi.advanceTimersByTimeAsync(60_000)
  expect(sent).toEqual([])
  uploader.resume('a')
  await vi.waitFor(async () => {
    await vi.advanceTimersByTimeAsync(50)
    expect(sent).toHaveLength(1)
  })
  held = 0
  cutAt = 200_000
  await send({ ...withFile('c'), at: 3 })
  await vi.waitFor(() => expect(uploadsStore.getState().c?.state).toBe('waits'))
  uploader.forget('c')
  expect(asked.at(-1)).toBe(`DELETE ${place}`)
  await sender.drop(withFile('c'))
  expect(outgoingOf('5').map(({ key }) => key)).toEqual([])
})
