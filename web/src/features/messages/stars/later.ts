import { useInfiniteQuery, useQueryClient } from '@tanstack/react-query'
import { useEffect, useMemo } from 'react'
import { compareIds, type Id, type Message, type Star, type Stars } from '@/core/api'
import { currentLog, flagsStore, liveQuery, type PendingFlag, useHeldMessage, useLastChange } from '@/log'
import { kind } from './stars'

const queryKey = ['messages', 'stars']

/** A message that I marked, as the list shows it. `id`: null while the server does not know it. */
export interface ShownStar extends Omit<Star, 'id'> {
  id: Id | null
}

export interface LaterList {
  stars: readonly ShownStar[]
  /** Nothing to show yet. */
  loading: boolean
  /** Why there is only what this browser holds. */
  error: unknown
  retry: () => void
  /** Fetches the next page, if there is one. */
  more: (() => void) | null
}

/** All that I marked for later, the last first. Without the server: what is held of it. */
export function useLater(): LaterList {
  const flags = flagsStore()
  const pages = useInfiniteQuery({
    ...liveQuery(queryKey, (ask, before: Id | null): Promise<Stars> => {
      return ask('GET /stars', { query: { ...(before && { before }), limit: 50 } })
    }),
    initialPageParam: null as Id | null,
    getNextPageParam: (last): Id | null => (last.more ? (last.stars.at(-1)?.id ?? null) : null),
  })
  const { data, error } = pages
  const stars = useMemo(() => {
    const known = data?.pages.flatMap(page => page.stars) ?? (error ? heldStars() : [])
    const mine = Object.values(flags).filter(flag => flag.kind === kind)
    return shownStars(known, mine)
  }, [data, error, flags])
  return {
    stars,
    loading: pages.isPending && stars.length === 0,
    error: data ? null : error,
    retry: () => void pages.refetch(),
    more: pages.hasNextPage && !pages.isFetchNextPageError ? () => void pages.fetchNextPage() : null,
  }
}

/** A message of the list: as it is held, else as the server has it, asked again when it was changed since. */
export function useStarredMessage({ conversation, message, shown }: ShownStar): Message | null {
  const held = useHeldMessage(conversation, message)
  const changed = useLastChange(conversation, message)
  const client = useQueryClient()
  useEffect(() => {
    if (!held && changed) void client.invalidateQueries({ queryKey })
  }, [held, changed, client])
  return held ?? shown
}

function shownStars(known: readonly (Star | ShownStar)[], mine: readonly PendingFlag[]): ShownStar[] {
  const taken = new Set(mine.map(({ message }) => message))
  const waiting = mine
    .filter(({ present }) => present)
    .map(({ conversation, message }) => ({ id: null, conversation, message, shown: null }))
  return [...waiting, ...known.filter(({ message }) => !taken.has(message))]
}

function heldStars(): Star[] {
  const held = Object.values(currentLog()?.rooms ?? {}).flatMap(({ live, detour, header }) => {
    const last = header.conversation.last_message
    return [...live.messages, ...(detour?.messages ?? []), ...(last ? [last] : [])]
  })
  const stars = new Map(
    held.flatMap(message => (message.starred ? [[message.id, starOf(message, message.starred)] as const] : [])),
  )
  return [...stars.values()].sort((a, b) => compareIds(b.id, a.id))
}

function starOf(message: Message, id: Id): Star {
  return { id, conversation: message.conversation, message: message.id, shown: message }
}
