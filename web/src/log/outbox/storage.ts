import type { Cache } from '@/core/cache'
import { fromStored, type Outgoing, type StoredOutgoing, toStored } from './outgoing.ts'

/** Where unsent messages outlive the tab. */
export interface OutboxStorage {
  /** It outlives the tab indeed. */
  readonly isLasting: boolean
  all(): Promise<Outgoing[]>
  has(key: string): Promise<boolean>
  put(outgoing: Outgoing): Promise<void>
  remove(key: string): Promise<void>
}

export function cacheStorage(cache: Cache): OutboxStorage {
  return {
    isLasting: true,
    all: async () => (await cache.all<StoredOutgoing>('outbox')).map(fromStored).sort((a, b) => a.at - b.at),
    has: async key => (await cache.get('outbox', key)) !== undefined,
    put: outgoing => cache.put('outbox', toStored(outgoing)),
    remove: key => cache.remove('outbox', key),
  }
}

/** Where the browser gives no storage, unsent messages live as long as the tab. */
export function memoryStorage(): OutboxStorage {
  const held = new Map<string, Outgoing>()
  return {
    isLasting: false,
    all: async () => [...held.values()],
    has: async key => held.has(key),
    put: async outgoing => void held.set(outgoing.key, outgoing),
    remove: async key => void held.delete(key),
  }
}
