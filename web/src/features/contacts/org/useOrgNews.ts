import { useQueryClient } from '@tanstack/react-query'
import { useEffect, useRef } from 'react'
import { orgKey } from './queries'

const soonMs = 1_000
const spreadMs = 4_000

/**
 * Fetches what is shown of the organisation again after it changed. `position`: the place in the log of the last change
 * of units or people, 0 until it is known. Many changes at once are one fetch, and not all clients of a company ask in the same moment.
 */
export function useOrgNews(position: number): void {
  const queries = useQueryClient()
  const seen = useRef(position)
  useEffect(() => {
    if (position === 0 || position === seen.current) return
    if (seen.current === 0) {
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
