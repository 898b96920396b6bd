/** For tests: answers `fetch` by handlers, and can lose requests or answers as a network does. */
import { vi } from 'vitest'

export interface Asked {
  method: string
  path: string
  query: URLSearchParams
  body: Record<string, unknown> | null
  key: string | null
}

type Handler = (asked: Asked, match: RegExpMatchArray) => unknown

export class FakeFetch {
  readonly asked: Asked[] = []
  /** Requests do not reach the server. */
  isDown = false
  /** The server does what it is asked, but its answers are lost. */
  losesAnswers = false
  private readonly handlers: { method: string; pattern: RegExp; handler: Handler }[] = []

  install(): this {
    vi.stubGlobal('fetch', (url: string, init: RequestInit) => this.answer(url, init))
    return this
  }

  /** `path` may hold (groups). Later handlers come before earlier ones. */
  on(method: string, path: string, handler: Handler): this {
    this.handlers.unshift({ method, pattern: new RegExp(`^${path}$`), handler })
    return this
  }

  count(method: string, path: string): number {
    return this.asked.filter(asked => asked.method === method && new RegExp(`^${path}$`).test(asked.path)).length
  }

  private async answer(url: string, init: RequestInit): Promise<Response> {
    await Promise.resolve()
    const { pathname, searchParams } = new URL(url, 'http://localhost')
    const path = pathname.replace(/^\/api/, '')
    const method = init.method ?? 'GET'
    if (this.isDown) throw new TypeError('fetch failed')
    const body = typeof init.body === 'string' ? JSON.parse(init.body) : null
    const asked: Asked = {
      method,
      path,
      query: searchParams,
      body,
      key: new Headers(init.headers).get('Idempotency-Key'),
    }
    this.asked.push(asked)
    for (const { method: of, pattern, handler } of this.handlers) {
      const match = of === method ? path.match(pattern) : null
      if (!match) continue
      const made = await handler(asked, match)
      if (this.losesAnswers) throw new TypeError('fetch failed')
      return made instanceof Response ? made : Response.json(made ?? {})
    }
    return problem(404, 'core.not_found')
  }
}

export function problem(status: number, code: string, headers: Record<string, string> = {}): Response {
  return Response.json({ status, code, title: code, detail: '', hint: '', details: {} }, { status, headers })
}
