import { useQueryClient } from '@tanstack/react-query'
import { useEffect, useRef } from 'react'
import { orgKey } from './queries'

const soonMs = 1_000
const spreadMs = 4_000

/**
 * Fetches what is shown of the organisation again after it changed. `position` names the last change of units or
 * people, empty until it is known. Many changes at once are one fetch, and not all clients of a company ask in the same moment.
 */
export function useOrgNews(position: string): void {
  const queries = useQueryClient()
  const seen = useRef(position)
  useEffect(() => {
    if (position === '' || position === seen.current) return
    if (seen.current === '') {
      seen.current = position
      return
    }
    const timer = setTimeout(
      () => {
        seen.current = position
        void queries.invalidateQueries({ queryKey: orgKey })
      },
      soonMs + Math.random() * spreadMs,
    )
    return () => clearTimeout(timer)
  }, [position, queries])
}
