import { useRouter } from '@tanstack/react-router'
import { useEffect } from 'react'
import { checkSession, currentPerson, useSessionPhase } from '@/core/session'
import { type ReturnSearch, returnAddress } from './entry/return-address'

/** Who is signed in already, perhaps in another tab, has nothing to do here and goes on to where `search` says. */
export function useLeaveWhenSignedIn(search: ReturnSearch = {}): void {
  const router = useRouter()
  const phase = useSessionPhase()
  const { to, of } = search
  useEffect(() => {
    if (phase === 'unknown') void checkSession()
    const address = returnAddress({ to, of }, currentPerson() ?? undefined)
    if (phase === 'signed_in') void router.navigate({ href: address, replace: true })
  }, [phase, to, of, router])
}
