import { type Change, type EventFrame, type Id, type Me, newKey, Problem } from '@/core/api'
import type { Cache } from '@/core/cache'
import { backoffMs } from '@/core/socket'
import type { Companion } from '../companion.ts'
import { isLive } from '../live/connection-store.ts'
import { currentLog } from '../live/log-store.ts'
import { noteKept, noteUnkept } from '../saved/unkept.ts'
import { flagName, flagsOf, flagsStore, type PendingFlag, putFlag, removeFlag } from './flags-store.ts'
import { isHopeless } from './sender.ts'

export interface FlagsOptions {
  /** Of the mark: `pin`, `star`. */
  kind: string
  /** Asks the server; with the same key it is the same act. */
  set(flag: PendingFlag): Promise<Change>
  /** Whether the log has it so; undefined where that is not known. */
  isSet(conversation: Id, message: Id): boolean | undefined
  /** The server refused it: it is as before. */
  onRefused(flag: PendingFlag, problem: unknown): void
}

/**
 * Marks that I set on messages or took off, on their way to the server: shown at once, tried again while network or server are
 * away, kept over reloads. What the server refuses is taken back and said.
 */
export class Flags implements Companion {
  private readonly options: FlagsOptions
  private cache: Cache | null = null
  private readonly underWay = new Set<string>()
  private readonly attempts = new Map<string, number>()
  private readonly timers = new Map<string, ReturnType<typeof setTimeout>>()
  /** Rises when somebody leaves: what was asked for them before is nobody's any more. */
  private visit = 0

  constructor(options: FlagsOptions) {
    this.options = options
  }

  async start(_me: Me, cache: Cache | null): Promise<void> {
    this.cache = cache
    const kept = (await cache?.all<PendingFlag>('flags').catch(() => [])) ?? []
    if (this.cache !== cache) return
    for (const flag of kept) if (flag.kind === this.options.kind && !flagsStore.getState()[flag.name]) putFlag(flag)
  }

  stop(): void {
    this.visit += 1
    this.cache = null
    for (const timer of this.timers.values()) clearTimeout(timer)
    for (const { name } of flagsOf(this.options.kind)) removeFlag(name)
    for (const memory of [this.timers, this.attempts, this.underWay]) memory.clear()
  }

  /** Have a message marked, or not. */
  set(conversation: Id, message: Id, present: boolean): void {
    const { kind, isSet } = this.options
    const name = flagName(kind, message)
    const waiting = flagsStore.getState()[name]
    if ((waiting?.present ?? isSet(conversation, message)) === present) return
    if (waiting && !this.underWay.has(name) && isSet(conversation, message) === present) {
      this.drop(waiting) // taken back before anybody heard of it
      return
    }
    this.change({ name, kind, conversation, message, present, key: newKey(), sent: null })
    void this.tell(name)
  }

  onLive(): void {
    this.attempts.clear()
    this.settle()
    for (const { name } of flagsOf(this.options.kind)) void this.tell(name)
  }

  /** What was acknowledged before the log was restored may be lost. */
  onRestored(): void {
    for (const flag of flagsOf(this.options.kind)) if (flag.sent) this.change({ ...flag, sent: null })
  }

  onEvents(events: readonly EventFrame[]): void {
    const ours = flagsOf(this.options.kind)
    if (ours.length === 0) return
    const keys = new Set(events.map(({ key }) => key))
    const ids = new Set(events.map(({ id }) => id))
    for (const flag of ours) if (keys.has(flag.key) || (flag.sent && ids.has(flag.sent.id))) this.drop(flag)
    this.settle()
  }

  private settle(): void {
    const pos = isLive() ? (currentLog()?.pos ?? -1) : -1
    for (const flag of flagsOf(this.options.kind)) if (flag.sent?.pos != null && flag.sent.pos <= pos) this.drop(flag)
  }

  private async tell(name: string): Promise<void> {
    clearTimeout(this.timers.get(name))
    this.timers.delete(name)
    const flag = flagsStore.getState()[name]
    if (!flag || flag.sent || this.underWay.has(name)) return
    this.underWay.add(name)
    const visit = this.visit
    const outcome = await this.options.set(flag).then(
      answer => () => this.onAnswer(flag, answer),
      cause => () => this.onProblem(flag, cause),
    )
    if (visit !== this.visit) return
    this.underWay.delete(name)
    const now = flagsStore.getState()[name]
    if (now?.key === flag.key) outcome()
    else if (now) void this.tell(name) // I changed my mind meanwhile
  }

  private onAnswer(flag: PendingFlag, { id, pos }: Change): void {
    this.attempts.delete(flag.name)
    if (id === null)
      this.drop(flag) // it is so already
    else this.change({ ...flag, sent: { id, pos } })
    this.settle()
  }

  private onProblem(flag: PendingFlag, cause: unknown): void {
    const problem = cause instanceof Problem ? cause : new Problem({ title: String(cause) }, null, cause)
    if (problem.status === 401) return // it waits for the next sign-in
    const attempt = this.attempts.get(flag.name) ?? 0
    if (problem.isTemporary && !isHopeless(problem, attempt)) {
      this.attempts.set(flag.name, attempt + 1)
      const waitMs = problem.retryAfterS === null ? backoffMs(attempt) : problem.retryAfterS * 1000
      this.timers.set(
        flag.name,
        setTimeout(() => void this.tell(flag.name), waitMs),
      )
      return
    }
    this.drop(flag)
    this.options.onRefused(flag, problem)
  }

  private change(flag: PendingFlag): void {
    putFlag(flag)
    const name = `flag ${flag.name}`
    if (!this.cache) noteUnkept(name, null)
    this.cache?.put('flags', flag).then(
      () => noteKept(name),
      cause => flagsStore.getState()[flag.name]?.key === flag.key && noteUnkept(name, cause),
    )
  }

  private drop({ name }: PendingFlag): void {
    removeFlag(name)
    this.attempts.delete(name)
    noteKept(`flag ${name}`)
    this.cache?.remove('flags', name).catch(cause => console.warn('A mark that is set could not be removed', cause))
  }
}
