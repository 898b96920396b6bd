import { useEffect, useMemo, useState } from 'react'
import { useHere, useLines } from '@/core/sites'
import { useConversations } from '@/log'
import { dismissedStore } from './dismissed'
import { type News, newsOf, nextNews } from './news'
import { useMyHome } from './useMyHome'

/** What there is to say of the lines to other sites, as time goes by. */
export function useNews(): News | null {
  const here = useHere()
  const byNumber = useLines()
  const lines = useMemo(() => Object.values(byNumber), [byNumber])
  const mine = useMySites()
  const dismissed = dismissedStore(({ names }) => names)
  const now = useMoment(lines)
  return here === null ? null : newsOf({ here, lines, mine, dismissed, now })
}

/** The sites whose people I share conversations with, and my own. */
function useMySites(): ReadonlySet<number> {
  const conversations = useConversations()
  const home = useMyHome()
  return useMemo(() => {
    const sites = new Set(conversations.flatMap(conversation => conversation.sites))
    return home ? sites.add(home.number) : sites
  }, [conversations, home])
}

/** The present, anew whenever it makes a difference. */
function useMoment(lines: Parameters<typeof nextNews>[0]): number {
  const [, setTick] = useState(0)
  const now = Date.now()
  const next = nextNews(lines, now)
  useEffect(() => {
    if (next === null) return
    const timer = setTimeout(() => setTick(tick => tick + 1), next - Date.now())
    return () => clearTimeout(timer)
  }, [next])
  return now
}
