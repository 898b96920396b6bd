import type { Query, QueryClient, QueryKey } from '@tanstack/react-query'
import type { Me } from '@/core/api'
import type { Cache } from '@/core/cache'
import type { Companion } from '../companion.ts'

declare const __CONTRACT_SHAPE__: string

/** An answer between visits. */
interface KeptAnswer {
  name: string
  /** What the server answers in this release: of another one it counts as nothing. */
  shape: string
  key: QueryKey
  data: unknown
  /** ms */
  at: number
}

/**
 * Keeps answers that are wanted without network: those whose query says so (`meta: { kept: true }`). After a reload they are there at once,
 * and fetched again as soon as somebody looks and the server can be reached.
 */
export class KeptAnswers implements Companion {
  private readonly client: QueryClient
  private cache: Cache | null = null

  constructor(client: QueryClient) {
    this.client = client
    client.getQueryCache().subscribe(event => {
      if (event.type === 'updated' && event.action.type === 'success' && !event.action.manual) this.keep(event.query)
    })
  }

  start(_me: Me, cache: Cache | null): void {
    this.cache = cache
    void this.takeUp(cache)
  }

  stop(): void {
    this.cache = null
  }

  private async takeUp(cache: Cache | null): Promise<void> {
    const kept = (await cache?.all<KeptAnswer>('answers').catch(() => [])) ?? []
    if (this.cache !== cache) return
    for (const { shape, key, data, at } of kept) {
      if (shape !== __CONTRACT_SHAPE__ || this.client.getQueryData(key) !== undefined) continue
      this.client.setQueryData(key, data, { updatedAt: at })
      void this.client.invalidateQueries({ queryKey: key, exact: true, refetchType: 'none' })
    }
  }

  private keep({ queryHash, queryKey, meta, state }: Query): void {
    if (meta?.kept !== true || !this.cache) return
    const { data, dataUpdatedAt: at } = state
    const answer: KeptAnswer = { name: queryHash, shape: __CONTRACT_SHAPE__, key: queryKey, data, at }
    this.cache.put('answers', answer).catch(cause => console.warn('An answer could not be kept', cause))
  }
}
