import { useRouter } from '@tanstack/react-router'
import { useEffect } from 'react'
import { checkSession, useSessionPhase } from '@/core/session'

/** Who is signed in already, perhaps in another tab, has nothing to do here and goes on to `address`. */
export function useLeaveWhenSignedIn(address: string): void {
  const router = useRouter()
  const phase = useSessionPhase()
  useEffect(() => {
    if (phase === 'unknown') void checkSession()
    if (phase === 'signed_in') void router.navigate({ href: address, replace: true })
  }, [phase, address, router])
}
