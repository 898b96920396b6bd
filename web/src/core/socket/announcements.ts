import type { Id } from '../api/contract.ts'
import type { ClientFrame } from './frames.ts'

const typingEveryMs = 3_000
const watchedAtMost = 200

/** What this client tells the server about itself; told again after every reconnect. */
export class Announcements {
  private people: Id[] = []
  private active = true
  private readonly typedAt = new Map<Id, number>()
  private readonly send: (frame: ClientFrame) => void

  constructor(send: (frame: ClientFrame) => void) {
    this.send = send
  }

  /** I am writing in a conversation: told at most every 3 s, and at once again after `stopTyping`. */
  typing(conversation: Id): void {
    const now = Date.now()
    if (now - (this.typedAt.get(conversation) ?? 0) < typingEveryMs) return
    this.typedAt.set(conversation, now)
    this.send({ t: 'typing', conversation })
  }

  /** What I wrote is sent, or I gave it up. */
  stopTyping(conversation: Id): void {
    this.typedAt.delete(conversation)
  }

  /** Whose presence I show now. */
  watch(people: readonly Id[]): void {
    const next = [...new Set(people)].sort().slice(0, watchedAtMost)
    if (next.join() === this.people.join()) return
    this.people = next
    this.send({ t: 'watch', people: next })
  }

  /** Whether the person is at the screen. */
  setActive(active: boolean): void {
    if (active === this.active) return
    this.active = active
    this.send({ t: 'active', active })
  }

  /** A new connection knows nothing yet. */
  repeat(): void {
    if (this.people.length > 0) this.send({ t: 'watch', people: this.people })
    if (!this.active) this.send({ t: 'active', active: false })
  }
}
