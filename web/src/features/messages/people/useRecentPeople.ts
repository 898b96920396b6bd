import { useMemo } from 'react'
import { compareIds, type Person } from '@/core/api'
import { usePeopleFinder } from '@/features/contacts'
import { useConversations, usePeople } from '@/log'

const shownAtMost = 50

/** Whom one had to do with last, the latest first; then the others by name. */
export function useRecentPeople(): readonly Person[] {
  const conversations = useConversations()
  const known = usePeople()
  const { everybody } = usePeopleFinder()
  return useMemo(() => {
    const latest = conversations.toSorted((a, b) =>
      compareIds(b.last_message?.id ?? b.created, a.last_message?.id ?? a.created),
    )
    const ids = latest.flatMap(({ peer, last_message }) => peer ?? last_message?.sender ?? [])
    const recent = [...new Set(ids)].flatMap(id => known[id] ?? []).filter(({ active }) => active)
    const first = new Set(recent.map(({ id }) => id))
    return [...recent, ...everybody.filter(({ id }) => !first.has(id))].slice(0, shownAtMost)
  }, [conversations, known, everybody])
}
