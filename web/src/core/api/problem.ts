import type { ErrorCode, ErrorDetails } from './generated.ts'

/** Codes that the client itself gives; all others come from the server. */
export const offlineCode = 'client.offline'
export const timeoutCode = 'client.timeout'
export const unreadableCode = 'client.file_unreadable'

interface ProblemBody {
  status: number
  code: string
  title: string
  detail: string
  hint: string
  details: Record<string, unknown>
}

/** A request that was refused or never answered. Word it by `code`; `hint` says what to do. */
export class Problem extends Error {
  /** HTTP status; 0 when there was no answer at all. */
  readonly status: number
  readonly code: string
  readonly hint: string
  readonly details: Record<string, unknown>
  /** Seconds to wait before trying again, when the server said so. */
  readonly retryAfterS: number | null

  constructor(body: Partial<ProblemBody>, retryAfterS: number | null = null, cause?: unknown) {
    super(body.detail || body.title || body.code || 'The request failed', { cause })
    this.name = 'Problem'
    this.status = body.status ?? 0
    this.code = body.code ?? 'core.unexpected'
    this.hint = body.hint ?? ''
    this.details = body.details ?? {}
    this.retryAfterS = retryAfterS
  }

  /** Whether the same request may succeed later: no answer, too many, or not available now. */
  get isTemporary(): boolean {
    return this.status === 0 || this.status === 429 || this.status >= 500
  }
}

/** A problem of one code, with what its details say. */
export interface ProblemOf<C extends ErrorCode> extends Problem {
  readonly code: C
  readonly details: Record<string, unknown> & ErrorDetails[C]
}

/** Whether an error is the problem of this code. */
export function isProblem<C extends ErrorCode>(error: unknown, code: C): error is ProblemOf<C> {
  return error instanceof Problem && error.code === code
}

/** The problem in an answer that is not 2xx, whether the server or something before it wrote it. */
export async function problemOf(response: Response): Promise<Problem> {
  const after = Number(response.headers.get('Retry-After') ?? Number.NaN)
  const retryAfterS = Number.isFinite(after) ? after : null
  const body = await response.json().catch(() => null)
  const known = body && typeof body === 'object' && typeof body.code === 'string'
  const code =
    response.status === 503 || response.status === 502 || response.status === 504 ? 'core.unavailable' : 'core.http'
  return new Problem(known ? { ...body, status: response.status } : { status: response.status, code }, retryAfterS)
}
