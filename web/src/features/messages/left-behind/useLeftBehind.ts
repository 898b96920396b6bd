import { useMemo } from 'react'
import type { Id } from '@/core/api'
import { logStore, outboxStore } from '@/log'
import { draftsStore, hasWords } from '../drafts/drafts-store'

/** Conversations that are not there any more (I was removed from them) and in which I wrote what nobody has. */
export function useLeftBehind(): readonly Id[] {
  const rooms = logStore(({ log }) => log?.rooms)
  const drafts = draftsStore()
  const outgoing = outboxStore()
  return useMemo(() => {
    if (!rooms) return []
    const unsent = Object.entries(outgoing).filter(([, list]) => list.some(({ sent }) => !sent))
    const written = Object.entries(drafts).filter(([, draft]) => hasWords(draft))
    return [...new Set([...unsent, ...written].map(([id]) => id))].filter(id => !rooms[id])
  }, [rooms, drafts, outgoing])
}
