import { type Block, type Id, type Made, Problem, request } from '@/core/api'
import { backoffMs } from '@/core/socket'
import { noteKept, noteUnkept } from '../saved/unkept.ts'
import { allOutgoing, findOutgoing, outgoingOf, removeOutgoing, setOutgoing } from './outbox-store.ts'
import type { Outgoing } from './outgoing.ts'
import { hasFilesToUpload, type OutgoingFile } from './outgoing-file.ts'
import type { OutboxStorage } from './storage.ts'

/** An error of the server itself is tried this often: a restart passes, a fault of one message does not. */
const serverErrorsAtMost = 8

/** Whether an error of the server itself was tried often enough. */
export function isHopeless({ status }: Problem, attempt: number): boolean {
  return status >= 500 && status !== 503 && attempt >= serverErrorsAtMost
}

export interface SenderOptions {
  /** Whose messages; tabs of one person send one at a time. */
  person: Id
  storage: OutboxStorage
  /** Whether a message that was acknowledged just now is known here. */
  isKnown(outgoing: Outgoing, receipt: Made): boolean
  /** Tells the other tabs of a change. */
  tell(key: string): void
}

/**
 * Sends unsent messages: in order within a conversation, one tab at a time, again and again while the network or the server
 * is away. A message leaves the outbox when its event is in the log, whether the answer came or not.
 */
export class Sender {
  private readonly options: SenderOptions
  private readonly draining = new Set<Id>()
  /** Conversations that got something new while they were being sent. */
  private readonly again = new Set<Id>()
  private readonly retries = new Map<Id, ReturnType<typeof setTimeout>>()
  private readonly attempts = new Map<string, number>()
  /** Messages that could not be stored: that storage lacks them says nothing. */
  private readonly unkept = new Set<string>()
  private isStopped = false

  constructor(options: SenderOptions) {
    this.options = options
  }

  /** Take a message in: shown and kept before it is sent. */
  async add(outgoing: Outgoing): Promise<void> {
    setOutgoing(outgoing)
    await this.keep(outgoing)
    this.kick(outgoing.conversation)
  }

  /** Show and keep one in another state, while it waits. */
  async change(outgoing: Outgoing): Promise<void> {
    setOutgoing(outgoing)
    await this.keep(outgoing)
  }

  /** Send what waits in a conversation, now. */
  kick(conversation: Id): void {
    clearTimeout(this.retries.get(conversation))
    this.retries.delete(conversation)
    if (this.isStopped) return
    if (this.draining.has(conversation)) {
      this.again.add(conversation)
      return
    }
    this.draining.add(conversation)
    void this.drain(conversation).finally(() => {
      this.draining.delete(conversation)
      if (this.again.delete(conversation)) this.kick(conversation)
    })
  }

  /** Send everything that waits: the connection is back, or the tab has just begun. */
  kickAll(): void {
    this.attempts.clear()
    for (const conversation of new Set(allOutgoing().map(outgoing => outgoing.conversation))) this.kick(conversation)
  }

  /** The log was restored: what was acknowledged before may be lost, so all of it waits again. Its key makes it one message. */
  async forgetAnswers(): Promise<void> {
    const acknowledged = allOutgoing().filter(outgoing => outgoing.sent)
    await Promise.all(
      acknowledged.map(async outgoing => {
        const unsent = { ...outgoing, sent: null, ...(outgoing.sent && { was: outgoing.sent.id }) }
        setOutgoing(unsent)
        await this.keep(unsent)
      }),
    )
  }

  /** Remove one: its event came, or I gave it up. */
  async drop(outgoing: Outgoing): Promise<void> {
    removeOutgoing(outgoing)
    this.attempts.delete(outgoing.key)
    this.unkept.delete(outgoing.key)
    noteKept(nameOf(outgoing.key))
    await this.options.storage.remove(outgoing.key).catch(warn)
    this.options.tell(outgoing.key)
  }

  stop(): void {
    this.isStopped = true
    for (const timer of this.retries.values()) clearTimeout(timer)
    this.retries.clear()
  }

  private next(conversation: Id): Outgoing | undefined {
    return outgoingOf(conversation).find(outgoing => !outgoing.failed && !outgoing.sent && !hasFilesToUpload(outgoing))
  }

  private async drain(conversation: Id): Promise<void> {
    await withLock(`bilin.outbox.${this.options.person}.${conversation}`, async () => {
      let outgoing = this.next(conversation)
      while (outgoing && !this.isStopped) {
        const done = await this.send(outgoing)
        if (!done) return
        outgoing = this.next(conversation)
      }
    })
  }

  /** True when the next may follow. */
  private async send(outgoing: Outgoing): Promise<boolean> {
    if (!(await this.isStillMine(outgoing))) return true
    try {
      const receipt = await postMessage(outgoing)
      await this.onSent(outgoing, receipt)
      return true
    } catch (cause) {
      return await this.onRefused(outgoing, cause)
    }
  }

  /** Another tab may have sent it, or deleted it, while this one waited for its turn. */
  private async isStillMine(outgoing: Outgoing): Promise<boolean> {
    if (this.unkept.has(outgoing.key)) return findOutgoing(outgoing.key) !== undefined
    const isKept = await this.options.storage.has(outgoing.key).catch(() => true)
    if (isKept) return true
    removeOutgoing(outgoing)
    return false
  }

  private async onSent(outgoing: Outgoing, receipt: Made): Promise<void> {
    this.attempts.delete(outgoing.key)
    if (!findOutgoing(outgoing.key)) return // its event was faster than the answer
    if (this.options.isKnown(outgoing, receipt)) return await this.drop(outgoing)
    const sent = { ...outgoing, sent: receipt }
    setOutgoing(sent)
    await this.keep(sent)
  }

  private async onRefused(outgoing: Outgoing, cause: unknown): Promise<boolean> {
    if (!findOutgoing(outgoing.key)) return true // the answer was lost, but the event came
    const problem = cause instanceof Problem ? cause : new Problem({ title: String(cause) }, null, cause)
    if (problem.status === 401) return false // it waits for the next sign-in
    const attempt = this.attempts.get(outgoing.key) ?? 0
    if (problem.isTemporary && !isHopeless(problem, attempt)) return this.tryLater(outgoing, attempt, problem)
    this.attempts.delete(outgoing.key)
    const failed = { ...outgoing, failed: problem }
    setOutgoing(failed)
    await this.keep(failed)
    return true
  }

  private tryLater(outgoing: Outgoing, attempt: number, problem: Problem): false {
    this.attempts.set(outgoing.key, attempt + 1)
    const waitMs = problem.retryAfterS === null ? backoffMs(attempt) : problem.retryAfterS * 1000
    const again = setTimeout(() => this.kick(outgoing.conversation), waitMs)
    this.retries.set(outgoing.conversation, again)
    return false
  }

  private async keep(outgoing: Outgoing): Promise<void> {
    const { key } = outgoing
    try {
      await this.options.storage.put(outgoing)
      this.unkept.delete(key)
      if (this.options.storage.isLasting) noteKept(nameOf(key))
      else if (!outgoing.sent) noteUnkept(nameOf(key), null)
    } catch (cause) {
      // It is sent from memory; it only would not survive the end of the page, and the person is told so.
      this.unkept.add(key)
      noteUnkept(nameOf(key), cause)
    }
    if (!findOutgoing(key)) noteKept(nameOf(key))
    this.options.tell(key)
  }
}

function nameOf(key: string): string {
  return `message ${key}`
}

function postMessage({ conversation, content, files, reply_to, draft, key }: Outgoing): Promise<Made> {
  const blocks = [...content.blocks, ...(files ?? []).flatMap(fileBlock)]
  const body = { content: { blocks }, ...(reply_to && { reply_to: reply_to.id }), ...(draft && { draft }) }
  return request('POST /conversations/{conversation}/messages', { path: { conversation }, body }, { key })
}

function fileBlock({ uploaded, width, height }: OutgoingFile): Block[] {
  if (!uploaded) return []
  const { id, name, size, media_type } = uploaded
  const shown = { file: id, name, size, media_type }
  if (!width || !height || !media_type.startsWith('image/')) return [{ type: 'file', ...shown }]
  return [{ type: 'image', ...shown, width, height }]
}

/** One tab at a time; without locks (plain HTTP) each tab sends its own. */
export async function withLock(name: string, work: () => Promise<void>): Promise<void> {
  if (typeof navigator === 'undefined' || !navigator.locks) return await work()
  await navigator.locks.request(name, work)
}

/** One that is not removed is sent again in another visit, with its key: it stays one message. */
function warn(cause: unknown): void {
  console.warn('A message that is sent could not be removed from storage', cause)
}
