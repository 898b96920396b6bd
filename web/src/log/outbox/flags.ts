import { type Change, type EventFrame, type Id, type Me, newKey, Problem } from '@/core/api'
import type { Cache } from '@/core/cache'
import { backoffMs } from '@/core/socket'
import type { Companion } from '../companion.ts'
import { isLive } from '../live/connection-store.ts'
import { currentLog } from '../live/log-store.ts'
import { noteKept, noteUnkept } from '../saved/unkept.ts'
import { flagName, flagsOf, flagsStore, type PendingFlag, putFlag, removeFlag } from './flags-store.ts'
import { isHopeless } from './sender.ts'

export interface FlagsOptions<Detail> {
  /** Of the mark: `pin`, `star`. */
  kind: string
  /** Which one, where there may be several for one message or conversation: the emoji. */
  partOf?(detail: Detail): string
  /** They are told in the order in which I did them, in each conversation for itself. */
  inOrder?: boolean
  /** Asks the server; with the same key it is the same act. */
  set(flag: PendingFlag<Detail>): Promise<Change>
  /** Whether the log has it so; undefined where that is not known. */
  isSet(conversation: Id, message: Id, detail: Detail): boolean | undefined
  /** The server refused it: it is as before. */
  onRefused(flag: PendingFlag<Detail>, problem: unknown): void
}

/**
 * What I did to messages and conversations, writing apart, on its way to the server: marks that I set or took off, reactions, changes. Shown
 * at once, tried again while network or server are away, kept over reloads. What the server refuses is taken back and said.
 */
export class Flags<Detail = undefined> implements Companion {
  private readonly options: FlagsOptions<Detail>
  private cache: Cache | null = null
  private readonly underWay = new Set<string>()
  private readonly attempts = new Map<string, number>()
  private readonly timers = new Map<string, ReturnType<typeof setTimeout>>()
  /** Rises when somebody leaves: what was asked for them before is nobody's any more. */
  private visit = 0

  constructor(options: FlagsOptions<Detail>) {
    this.options = options
  }

  async start(_me: Me, cache: Cache | null): Promise<void> {
    this.cache = cache
    const kept = (await cache?.all<PendingFlag<Detail>>('flags').catch(() => [])) ?? []
    if (this.cache !== cache) return
    for (const flag of kept) if (flag.kind === this.options.kind && !flagsStore.getState()[flag.name]) putFlag(flag)
  }

  stop(): void {
    this.visit += 1
    this.cache = null
    for (const timer of this.timers.values()) clearTimeout(timer)
    for (const { name } of this.mine()) removeFlag(name)
    for (const memory of [this.timers, this.attempts, this.underWay]) memory.clear()
  }

  /** Have it so: shown at once, whether the server can be reached or not. */
  set(conversation: Id, message: Id, present: boolean, detail?: Detail): void {
    const flag = this.flagOf(conversation, message, present, detail)
    const isSet = this.options.isSet(conversation, message, flag.detail as Detail)
    const waiting = this.held(flag.name)
    if (isSet !== undefined && (waiting?.present ?? isSet) === present) return
    if (waiting && !this.underWay.has(flag.name) && isSet === present) {
      this.drop(waiting) // taken back before anybody heard of it
      return
    }
    this.keep(flag)
  }

  /** Ask the server now, so that a refusal can be said where it was asked for: it is thrown. Without an answer it waits, as the others. */
  async ask(conversation: Id, message: Id, present: boolean, detail?: Detail): Promise<void> {
    const flag = this.flagOf(conversation, message, present, detail)
    if (isLive() && !this.held(flag.name)) {
      try {
        await this.options.set(flag)
        return
      } catch (cause) {
        if (!(cause instanceof Problem) || cause.status !== 0) throw cause
      }
    }
    this.keep(flag)
  }

  /** What waits for a message or conversation. */
  pending(target: Id, part?: string): PendingFlag<Detail> | undefined {
    return this.held(flagName(this.options.kind, target, part))
  }

  /** I do not want it any more, and nobody has heard of it. */
  forget(name: string): void {
    const flag = this.held(name)
    if (flag && !flag.sent && !this.underWay.has(name)) this.drop(flag)
  }

  private flagOf(conversation: Id, message: Id, present: boolean, detail?: Detail): PendingFlag<Detail> {
    const { kind, partOf } = this.options
    const name = flagName(kind, message || conversation, partOf?.(detail as Detail))
    const at = Math.max(Date.now(), (this.mine().at(-1)?.at ?? 0) + 1)
    return { name, kind, conversation, message, present, detail, at, key: newKey(), sent: null }
  }

  private held(name: string): PendingFlag<Detail> | undefined {
    return flagsStore.getState()[name] as PendingFlag<Detail> | undefined
  }

  private mine(): PendingFlag<Detail>[] {
    return flagsOf<Detail>(this.options.kind)
  }

  private keep(flag: PendingFlag<Detail>): void {
    this.change(flag)
    void this.tell(flag.name)
  }

  onLive(): void {
    this.attempts.clear()
    this.settle()
    for (const { name } of this.mine()) void this.tell(name)
  }

  /** What was acknowledged before the log was restored may be lost. */
  onRestored(): void {
    for (const flag of this.mine()) if (flag.sent) this.change({ ...flag, sent: null })
  }

  onEvents(events: readonly EventFrame[]): void {
    const ours = this.mine()
    if (ours.length === 0) return
    const keys = new Set(events.map(({ key }) => key))
    const ids = new Set(events.map(({ id }) => id))
    for (const flag of ours) if (keys.has(flag.key) || (flag.sent && ids.has(flag.sent.id))) this.drop(flag)
    this.settle()
  }

  private settle(): void {
    const pos = isLive() ? (currentLog()?.pos ?? -1) : -1
    for (const flag of this.mine()) if (flag.sent?.pos != null && flag.sent.pos <= pos) this.drop(flag)
  }

  private async tell(name: string): Promise<void> {
    clearTimeout(this.timers.get(name))
    this.timers.delete(name)
    const flag = this.held(name)
    if (!flag || flag.sent || this.underWay.has(name) || !this.isNext(flag)) return
    this.underWay.add(name)
    const visit = this.visit
    const outcome = await this.options.set(flag).then(
      answer => () => this.onAnswer(flag, answer),
      cause => () => this.onProblem(flag, cause),
    )
    if (visit !== this.visit) return
    this.underWay.delete(name)
    const now = this.held(name)
    if (now?.key === flag.key) outcome()
    else if (now) void this.tell(name) // I changed my mind meanwhile
    this.tellNext(flag)
  }

  private isNext(flag: PendingFlag<Detail>): boolean {
    if (!this.options.inOrder) return true
    const before = this.mine().filter(other => other.conversation === flag.conversation && !other.sent)
    return before[0]?.name === flag.name
  }

  private tellNext({ conversation }: PendingFlag<Detail>): void {
    if (!this.options.inOrder) return
    for (const other of this.mine())
      if (other.conversation === conversation && !this.timers.has(other.name)) void this.tell(other.name)
  }

  private onAnswer(flag: PendingFlag<Detail>, { id, pos }: Change): void {
    this.attempts.delete(flag.name)
    if (id === null)
      this.drop(flag) // it is so already
    else this.change({ ...flag, sent: { id, pos } })
    this.settle()
  }

  private onProblem(flag: PendingFlag<Detail>, cause: unknown): void {
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

  private change(flag: PendingFlag<Detail>): void {
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
