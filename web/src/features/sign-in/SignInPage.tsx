import { Trans } from '@lingui/react/macro'
import { Navigate, useRouter, useSearch } from '@tanstack/react-router'
import { useEffect } from 'react'
import { useSessionPhase } from '@/core/session'
import { Banner } from '@/ui'
import { EntryFrame } from './entry/EntryFrame'
import { returnAddress } from './entry/return-address'
import { useSetup } from './entry/useSetup'
import { SignInForm } from './SignInForm'
import { useSignedIn } from './useSignedIn'

export function SignInPage() {
  const setup = useSetup()
  const address = returnAddress(useSearch({ from: '/bare/sign-in' }))
  const onSignedIn = useSignedIn(address)
  useLeaveWhenSignedIn(address)
  if (setup.data?.needed) return <Navigate to="/set-up" replace />
  const company = setup.data?.company
  return (
    <EntryFrame
      title={<Trans>Sign in</Trans>}
      hint={company ? <Trans>to {company}</Trans> : <Trans>to your company</Trans>}
    >
      {setup.failureCount > 1 && (
        <Banner tone="warn">
          <Trans>The server cannot be reached; trying again…</Trans>
        </Banner>
      )}
      <SignInForm onSignedIn={onSignedIn} />
    </EntryFrame>
  )
}

/** Signed in already, perhaps in another tab: nothing to do here. */
function useLeaveWhenSignedIn(address: string): void {
  const router = useRouter()
  const phase = useSessionPhase()
  useEffect(() => {
    if (phase === 'signed_in') void router.navigate({ href: address, replace: true })
  }, [phase, address, router])
}
