import { useMemo } from 'react'
import type { Conversation, Id } from '@/core/api'
import { outboxStore, useConversations, useSilentConversations } from '@/log'
import { draftsStore } from '../drafts/drafts-store'

/** My conversations in which something was said; of the others the open one, and those in which I began to write. */
export function useListed(open: Id | null): readonly Conversation[] {
  const said = useConversations()
  const silent = useSilentConversations()
  const drafts = draftsStore()
  const outgoing = outboxStore()
  return useMemo(() => {
    const mine = silent.filter(({ id }) => id === open || drafts[id] || outgoing[id]?.length)
    return mine.length > 0 ? [...said, ...mine] : said
  }, [said, silent, drafts, outgoing, open])
}
