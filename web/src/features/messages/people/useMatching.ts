import { useEffect, useState } from 'react'

type Matching = typeof import('./matching')

let loaded: Matching | null = null

/** Fetches what finds people by their names. */
async function loadMatching(): Promise<Matching> {
  loaded ??= await import('./matching')
  return loaded
}

/** What finds people by their names: fetched beside the first screen, which needs none of it. Null until it is there. */
export function useMatching(): Matching | null {
  const [matching, setMatching] = useState(loaded)
  useEffect(() => {
    if (!matching) loadMatching().then(setMatching, () => undefined)
  }, [matching])
  return matching
}
