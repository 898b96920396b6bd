import { useMemo } from 'react'
import type { Conversation, Id } from '@/core/api'
import { outboxStore, useAllFlags, useConversations, useSilentConversations } from '@/log'
import { asIHaveIt, type Preference } from '../changes/group'
import { draftsStore } from '../drafts/drafts-store'

/** My conversations in which something was said; of the others the open one, and those in which I began to write. */
export function useListed(open: Id | null): readonly Conversation[] {
  const said = useConversations()
  const silent = useSilentConversations()
  const drafts = draftsStore()
  const outgoing = outboxStore()
  const flags = useAllFlags<Preference>('preference')
  return useMemo(() => {
    const mine = silent.filter(({ id }) => id === open || drafts[id] || outgoing[id]?.length)
    const all = mine.length > 0 ? [...said, ...mine] : said
    return flags.length > 0 ? all.map(conversation => asIHaveIt(conversation, flags)) : all
  }, [said, silent, drafts, outgoing, open, flags])
}
