import type { Cache } from '@/core/cache'
import type { State } from '../reducer/state.ts'
import { changesBetween } from './saved-log.ts'

const afterMs = 1_000

/** Writes the state of the log to the cache, behind what happens on the screen. */
export class Saver {
  private readonly cache: Cache
  private readonly current: () => State | null
  private saved: State | null
  private timer: ReturnType<typeof setTimeout> | undefined
  private isSaving = false
  private isStopped = false

  /** `saved`: the state that the cache is known to hold. */
  constructor(cache: Cache, current: () => State | null, saved: State | null) {
    this.cache = cache
    this.current = current
    this.saved = saved
  }

  saveSoon(): void {
    if (!this.isStopped) this.timer ??= setTimeout(() => void this.save(), afterMs)
  }

  /** Write now what is not written yet. */
  async save(): Promise<void> {
    clearTimeout(this.timer)
    this.timer = undefined
    const state = this.current()
    if (!state || this.isSaving || this.isStopped || state === this.saved) return
    this.isSaving = true
    try {
      const result = await this.cache.saveLog(...changesBetween(this.saved, state), this.saved)
      if (result === 'stored') this.saved = state
      if (result === 'gone') this.saved = null
    } catch (cause) {
      this.stop() // without storage this visit goes on as before, and the next begins with a fetch
      console.warn('The state could not be stored', cause)
    } finally {
      this.isSaving = false
    }
    if (this.current() !== state) this.saveSoon()
  }

  /** Everything was fetched afresh: what is stored may even be of a later position that no longer exists. */
  async startOver(): Promise<void> {
    this.saved = null
    await this.cache.dropLog().catch(() => this.stop())
  }

  stop(): void {
    this.isStopped = true
    clearTimeout(this.timer)
  }
}
