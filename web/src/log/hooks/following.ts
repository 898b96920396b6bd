import { useEffect } from 'react'
import { sessionStore } from '@/core/session'
import { followLog } from '../live/follow.ts'

/** Follows the site's log for whoever is signed in. Once, in the frame around all pages. */
export function useFollowing(): void {
  const session = sessionStore(state => state.me?.session)
  useEffect(() => {
    const { me } = sessionStore.getState()
    return session !== undefined && me ? followLog(me) : undefined
  }, [session])
}
