import { keepPreviousData, useInfiniteQuery, useQuery } from '@tanstack/react-query'
import { useEffect, useState } from 'react'
import { type Id, request, type SearchPage, type TextHit } from '@/core/api'

const pauseMs = 120
const limit = 20
const noHits: readonly TextHit[] = []

export interface Search {
  /** The first page; undefined before it has come. */
  first: SearchPage | undefined
  hits: readonly TextHit[]
  /** What is shown answers another query, or nothing yet. */
  waiting: boolean
  error: unknown
  more: (() => void) | null
  retry: () => void
}

/** What the server finds for a query, once nobody has written for a moment. */
export function useSearch(query: string): Search {
  const wanted = usePaused(query.trim())
  const pages = useInfiniteQuery({
    queryKey: ['search', wanted],
    queryFn: ({ pageParam, signal }) => {
      const minutes_east = -new Date().getTimezoneOffset()
      const before = pageParam === null ? {} : { before: pageParam }
      return request('GET /search', { query: { q: wanted, limit, minutes_east, ...before } }, { signal })
    },
    initialPageParam: null as Id | null,
    getNextPageParam: (last): Id | null => last.next,
    enabled: wanted !== '',
    placeholderData: keepPreviousData,
    gcTime: 60_000,
    retry: false,
  })
  const isNothing = wanted === ''
  const error = isNothing ? null : pages.error
  const shown = isNothing || error ? undefined : pages.data
  return {
    first: shown?.pages[0],
    hits: shown?.pages.flatMap(page => page.messages) ?? noHits,
    waiting: query.trim() !== wanted || (!isNothing && (pages.isPending || pages.isPlaceholderData)),
    error,
    more: pages.hasNextPage && !pages.isFetchingNextPage && shown ? () => void pages.fetchNextPage() : null,
    retry: () => void pages.refetch(),
  }
}

/** What was said around a hit. */
export function useAround(hit: TextHit | undefined) {
  const { data } = useQuery({
    queryKey: ['search', 'around', hit?.conversation, hit?.id],
    queryFn: ({ signal }) =>
      request(
        'GET /conversations/{conversation}/messages',
        { path: { conversation: hit?.conversation ?? '' }, query: { around: hit?.id, limit: 12 } },
        { signal },
      ),
    enabled: hit !== undefined,
    retry: false,
  })
  return data?.messages ?? []
}

function usePaused(text: string): string {
  const [paused, setPaused] = useState(text)
  useEffect(() => {
    const timer = setTimeout(() => setPaused(text), pauseMs)
    return () => clearTimeout(timer)
  }, [text])
  return paused
}
