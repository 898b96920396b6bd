import type { EventFrame, Id, Me } from '@/core/api'
import type { Cache } from '@/core/cache'
import type { State } from './reducer/state.ts'

/**
 * What lives beside the log as long as somebody is signed in, and what only this browser has: drafts, marks that the server was not
 * told. Each part is called in the order of `installCompanions`; one that throws keeps the others from nothing.
 */
export interface Companion {
  /** Before anything is shown: take up what was kept. `cache`: null where the browser gives no storage. */
  start?(me: Me, cache: Cache | null): Promise<void> | void
  /** Nothing of the person stays in memory. */
  stop?(): void
  /** The page may go: store what is not stored. */
  saveNow?(): void
  /** Events have come and are in. `before`: what was held until then. */
  onEvents?(events: readonly EventFrame[], before: State | null): void
  /** Everything was fetched anew: what happened before is not told. */
  onFetched?(): void
  /** The connection is live (again). */
  onLive?(): void
  /** The log was restored from a backup: what was remembered of the one before does not hold. */
  onRestored?(): void
  /** Conversations to be held though nothing was said in them yet. */
  conversations?(): Id[]
}

let installed: readonly Companion[] = []

/** Say what lives beside the log: once, before anybody signs in. */
export function installCompanions(all: readonly Companion[]): void {
  installed = all
}

export function companions(): readonly Companion[] {
  return installed
}
