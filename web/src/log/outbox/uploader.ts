import { Problem } from '@/core/api'
import { backoffMs } from '@/core/socket'
import { allOutgoing, findOutgoing } from './outbox-store.ts'
import type { Outgoing } from './outgoing.ts'
import { hasFilesToUpload, type OutgoingFile } from './outgoing-file.ts'
import { isHopeless, type Sender, withLock } from './sender.ts'
import { giveUp, upload } from './upload.ts'
import { forgetUpload, setUpload, uploadsStore } from './uploads-store.ts'

/** Brings the files of unsent messages to the server, one tab at a time, again and again while network or server are away. */
export class Uploader {
  private readonly sender: Sender
  private readonly running = new Map<string, AbortController>()
  private readonly timers = new Map<string, ReturnType<typeof setTimeout>>()
  private readonly attempts = new Map<string, number>()
  private isStopped = false

  constructor(sender: Sender) {
    this.sender = sender
  }

  /** Those that wait: the connection is back, or the tab has just begun. */
  startAll(): void {
    this.attempts.clear()
    for (const outgoing of allOutgoing()) this.start(outgoing)
  }

  start({ key, failed, files }: Outgoing): void {
    clearTimeout(this.timers.get(key))
    this.timers.delete(key)
    const isPaused = uploadsStore.getState()[key]?.state === 'paused'
    if (this.isStopped || isPaused || failed || this.running.has(key) || !hasFilesToUpload({ files })) return
    const controller = new AbortController()
    this.running.set(key, controller)
    setUpload(key, { state: 'runs' })
    withLock(`bilin.upload.${key}`, () => this.uploadAll(key, controller.signal))
      .catch(cause => this.onProblem(key, cause))
      .finally(() => {
        this.running.delete(key)
        const now = findOutgoing(key)
        if (now && !controller.signal.aborted && uploadsStore.getState()[key]?.state === 'runs') this.start(now)
      })
  }

  pause(key: string): void {
    setUpload(key, { state: 'paused' })
    this.running.get(key)?.abort()
  }

  resume(key: string): void {
    setUpload(key, { state: 'runs' })
    const outgoing = findOutgoing(key)
    // What was paused a moment ago may not have ended yet.
    if (outgoing && !this.running.has(key)) this.start(outgoing)
    else
      this.timers.set(
        key,
        setTimeout(() => this.resume(key), 50),
      )
  }

  /** I gave it up. */
  forget(key: string): void {
    clearTimeout(this.timers.get(key))
    this.timers.delete(key)
    this.attempts.delete(key)
    this.running.get(key)?.abort()
    for (const { place } of findOutgoing(key)?.files ?? []) if (place) giveUp(place)
    forgetUpload(key)
  }

  stop(): void {
    this.isStopped = true
    for (const timer of this.timers.values()) clearTimeout(timer)
    for (const [key, controller] of this.running) {
      controller.abort()
      forgetUpload(key)
    }
  }

  private async uploadAll(key: string, signal: AbortSignal): Promise<void> {
    for (let file = this.next(key); file && !signal.aborted; file = this.next(key)) {
      const { key: name } = file
      const uploaded = await upload(file, {
        signal,
        onPlace: place => this.change(key, name, { place }),
        onReceived: bytes => setUpload(key, { received: { ...uploadsStore.getState()[key]?.received, [name]: bytes } }),
      })
      this.attempts.delete(key)
      if (!signal.aborted) await this.change(key, name, { uploaded })
    }
    const outgoing = findOutgoing(key)
    if (!outgoing || signal.aborted) return
    forgetUpload(key)
    this.sender.kick(outgoing.conversation)
  }

  private next(key: string): OutgoingFile | undefined {
    return findOutgoing(key)?.files?.find(file => !file.uploaded)
  }

  private async change(key: string, name: string, change: Partial<OutgoingFile>): Promise<void> {
    const outgoing = findOutgoing(key)
    if (!outgoing?.files) return
    const files = outgoing.files.map(file => (file.key === name ? { ...file, ...change } : file))
    await this.sender.change({ ...outgoing, files })
  }

  private async onProblem(key: string, cause: unknown): Promise<void> {
    const outgoing = findOutgoing(key)
    const state = uploadsStore.getState()[key]?.state
    if (!outgoing || state === 'paused' || this.isStopped || isAbort(cause)) return
    const problem = cause instanceof Problem ? cause : new Problem({ title: String(cause) }, null, cause)
    setUpload(key, { state: 'waits' })
    if (problem.status === 401) return // it waits for the next sign-in
    const attempt = this.attempts.get(key) ?? 0
    this.attempts.set(key, attempt + 1)
    if (mayPass(problem) && !isHopeless(problem, attempt)) {
      const waitMs = problem.retryAfterS === null ? backoffMs(attempt) : problem.retryAfterS * 1000
      this.timers.set(
        key,
        setTimeout(() => this.again(key), waitMs),
      )
      return
    }
    this.attempts.delete(key)
    forgetUpload(key)
    await this.sender.change({ ...outgoing, failed: problem })
  }

  private again(key: string): void {
    const outgoing = findOutgoing(key)
    if (outgoing) this.start(outgoing)
  }
}

function isAbort(cause: unknown): boolean {
  return cause instanceof DOMException && cause.name === 'AbortError'
}

/** A full disk does not empty itself; another request of the same upload ends, and an upload that has gone begins anew. */
function mayPass(problem: Problem): boolean {
  if (problem.code === 'files.site_full') return false
  return problem.isTemporary || problem.status === 423 || problem.code === 'files.upload_not_found'
}
