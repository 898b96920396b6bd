import type { Query, QueryClient } from '@tanstack/react-query'
import type { EventFrame } from '@/core/api'
import { currentPerson } from '@/core/session'
import type { Companion } from '../companion.ts'
import { everybody, gatherMs, jitterMs } from '../live/jitter.ts'
import { isOf } from '../reducer/news.ts'
import { type Place, places } from './places.ts'

/** The position of the last event of each type, since this page follows the log. */
const news = new Map<string, number>()

/**
 * Fetches the answers again that events made old: those on the screen soon, the others when they are shown. Many events are one fetch. What
 * I did myself is there at once; what all were told is not asked for by all in the same moment.
 */
export class LiveQueries implements Companion {
  private readonly client: QueryClient
  private timer: ReturnType<typeof setTimeout> | undefined
  private dueAt = 0

  constructor(client: QueryClient) {
    this.client = client
    client.getQueryCache().subscribe(event => {
      if (event.type === 'removed') places.delete(event.query.queryHash)
      // An answer may be older than what came by the socket meanwhile.
      const hasCome = event.type === 'updated' && event.action.type === 'success'
      if (hasCome && isOld(event.query)) this.refetchIn(jitterMs(everybody))
    })
  }

  onEvents(events: readonly EventFrame[]): void {
    for (const { type, pos } of events) news.set(type, pos)
    if (!this.held().some(isOld)) return
    const mine = events.some(({ actor }) => actor !== null && actor === currentPerson())
    this.refetchIn(mine ? gatherMs : jitterMs(everybody))
  }

  /** What happened in between is not told: every answer may be old. */
  onFetched(): void {
    news.clear()
    for (const { queryHash } of this.held()) places.set(queryHash, { topics: [], pos: -1 })
    if (this.held().length > 0) this.refetchIn(jitterMs(everybody))
  }

  stop(): void {
    clearTimeout(this.timer)
    this.timer = undefined
    places.clear()
    news.clear()
  }

  private held(): Query[] {
    return this.client.getQueryCache().findAll({ predicate: ({ queryHash }) => places.has(queryHash) })
  }

  private refetchIn(ms: number): void {
    const at = Date.now() + ms
    if (this.timer !== undefined && this.dueAt <= at) return
    clearTimeout(this.timer)
    this.dueAt = at
    this.timer = setTimeout(() => {
      this.timer = undefined
      void this.client.invalidateQueries({ predicate: query => isOld(query) })
    }, ms)
  }
}

/** Fetch what depends on a topic at once: it was changed just now, by this page. */
export async function refetchLive(client: QueryClient, topic: string): Promise<void> {
  const dependsOn = ({ topics }: Place) => topics.some(each => isOf(each, topic) || isOf(topic, each))
  await client.invalidateQueries({
    predicate: ({ queryHash }) => {
      const place = places.get(queryHash)
      return place !== undefined && dependsOn(place)
    },
  })
}

function isOld({ queryHash, state }: Query): boolean {
  const place = places.get(queryHash)
  if (!place || state.fetchStatus === 'fetching') return false
  if (place.pos < 0) return true
  for (const [type, pos] of news) if (pos > place.pos && place.topics.some(topic => isOf(type, topic))) return true
  return false
}
