import { type Content, type Id, type Made, Problem, type Quote } from '@/core/api'
import type { OutgoingFile } from './outgoing-file.ts'

/** A message of mine on its way to the server. */
export interface Outgoing {
  /** The Idempotency-Key: however often it is sent, it is one message. */
  key: string
  conversation: Id
  content: Content
  reply_to: Quote | null
  /** What I had begun to write, of which it is the end. Earlier releases stored none. */
  draft?: Id | null
  /** What goes with it, behind its words. */
  files?: readonly OutgoingFile[]
  /** When I sent it, ms. */
  at: number
  /** Why the server refused it; it stays until I send it again or delete it. */
  failed: Problem | null
  /** The server has it; it is shown here until its event has come. */
  sent: Made | null
  /** What it was acknowledged as before the log was restored: the log may have it still. */
  was?: Id
}

/** As stored: a class does not survive the structured clone. */
export interface StoredOutgoing extends Omit<Outgoing, 'failed'> {
  failed: { status: number; code: string; detail: string; hint: string; details: Record<string, unknown> } | null
}

export function toStored(outgoing: Outgoing): StoredOutgoing {
  const { failed } = outgoing
  if (!failed) return { ...outgoing, failed: null }
  const { status, code, message: detail, hint, details } = failed
  return { ...outgoing, failed: { status, code, detail, hint, details } }
}

export function fromStored(stored: StoredOutgoing): Outgoing {
  return { ...stored, failed: stored.failed && new Problem(stored.failed) }
}
