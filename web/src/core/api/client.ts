import type { AnswerOf, InputOf, Route } from './contract.ts'
import { notePosition, seenPosition } from './position.ts'
import { offlineCode, Problem, problemOf, timeoutCode } from './problem.ts'
import { noteServerTime } from './server-clock.ts'

export interface RequestOptions {
  /** The Idempotency-Key; without it every change gets a fresh one. Give it when the same change may be sent again. */
  key?: string
  signal?: AbortSignal
  /** Hears the headers of the answer. */
  onHeaders?: (headers: Headers) => void
  timeoutMs?: number
  /** It outlives the page; for what is small. */
  keepalive?: boolean
}

type Arguments<R extends Route> =
  object extends InputOf<R>
    ? [route: R, input?: InputOf<R>, options?: RequestOptions]
    : [route: R, input: InputOf<R>, options?: RequestOptions]

const defaultTimeoutMs = 20_000
const signedOutListeners = new Set<() => void>()

/** Hear of every answer 401: the session is over. Returns the way to stop. */
export function onSignedOut(listener: () => void): () => void {
  signedOutListeners.add(listener)
  return () => signedOutListeners.delete(listener)
}

/**
 * Ask the server: `request('GET /conversations/{conversation}', { path: { conversation } })`.
 * Throws `Problem` when it refuses, does not answer in time, or cannot be reached.
 */
export async function request<R extends Route>(...[route, input, options = {}]: Arguments<R>): Promise<AnswerOf<R>> {
  const [method = 'GET', template = ''] = route.split(' ')
  const { path, query, body } = (input ?? {}) as Parts
  const response = await send(`/api${fillPath(template, path)}${queryText(query)}`, initOf(method, body, options))
  noteServerTime(response.headers.get('date'))
  options.onHeaders?.(response.headers)
  if (response.ok) {
    const answer = response.status === 204 ? null : await readJson(response)
    notePosition((answer as { pos?: unknown } | null)?.pos)
    return answer as AnswerOf<R>
  }
  const problem = await problemOf(response)
  if (problem.status === 401 && route !== 'POST /sessions') for (const listener of signedOutListeners) listener()
  throw problem
}

interface Parts {
  path?: Record<string, string | number>
  query?: Record<string, string | number | boolean | undefined>
  body?: unknown
}

function initOf(method: string, body: unknown, options: RequestOptions): RequestInit {
  const headers = new Headers({ Accept: 'application/json' })
  if (method !== 'GET') headers.set('Idempotency-Key', options.key ?? newKey())
  if (seenPosition()) headers.set('Bilin-Position', String(seenPosition()))
  const isFile = body instanceof Blob
  if (body !== undefined)
    headers.set('Content-Type', isFile ? body.type || 'application/octet-stream' : 'application/json')
  const timeout = AbortSignal.timeout(options.timeoutMs ?? defaultTimeoutMs)
  return {
    method,
    headers,
    credentials: 'same-origin',
    signal: options.signal ? AbortSignal.any([timeout, options.signal]) : timeout,
    body: body === undefined || isFile ? body : JSON.stringify(body),
    ...(options.keepalive && { keepalive: true }),
  }
}

async function send(url: string, init: RequestInit): Promise<Response> {
  try {
    return await fetch(url, init)
  } catch (cause) {
    throw unanswered(cause)
  }
}

/** The connection may break in the middle of an answer. */
async function readJson(response: Response): Promise<unknown> {
  try {
    return await response.json()
  } catch (cause) {
    throw unanswered(cause)
  }
}

/** What to throw when there was no whole answer; giving up on purpose stays what it is. */
function unanswered(cause: unknown): unknown {
  const name = cause instanceof Error ? cause.name : ''
  if (name === 'AbortError') return cause
  const code = name === 'TimeoutError' ? timeoutCode : offlineCode
  return new Problem(
    { code, title: 'The server did not answer', hint: 'Check the connection and try again.' },
    null,
    cause,
  )
}

function fillPath(template: string, path: Record<string, string | number> = {}): string {
  return template.replace(/\{(\w+)\}/g, (_, name: string) => {
    const part = path[name]
    if (part === undefined || part === '') throw new Error(`The path ${template} needs ${name}`)
    return encodeURIComponent(part)
  })
}

function queryText(query: Parts['query'] = {}): string {
  const given = Object.entries(query).flatMap(([name, value]) => (value === undefined ? [] : [[name, String(value)]]))
  return given.length ? `?${new URLSearchParams(given)}` : ''
}

/** A fresh Idempotency-Key. `crypto.randomUUID` is missing on plain-HTTP addresses other than localhost. */
export function newKey(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(16))
  return Array.from(bytes, byte => byte.toString(16).padStart(2, '0')).join('')
}
