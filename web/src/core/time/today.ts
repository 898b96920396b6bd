import { useSyncExternalStore } from 'react'

/**
 * The present day, as its midnight in ms. Components that show "yesterday" use it to be drawn anew at midnight,
 * and when a device that slept over midnight wakes.
 */
export function useToday(): number {
  return useSyncExternalStore(subscribe, today)
}

function today(): number {
  return new Date().setHours(0, 0, 0, 0)
}

function subscribe(changed: () => void): () => void {
  const timer = setInterval(changed, 60_000)
  document.addEventListener('visibilitychange', changed)
  return () => {
    clearInterval(timer)
    document.removeEventListener('visibilitychange', changed)
  }
}
