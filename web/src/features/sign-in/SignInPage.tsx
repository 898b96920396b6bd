import { Trans } from '@lingui/react/macro'
import { Navigate, useSearch } from '@tanstack/react-router'
import { EntryFrame } from './entry/EntryFrame'
import { UnansweredBanner } from './entry/UnansweredBanner'
import { joiningOf, useSetup } from './entry/useSetup'
import { SignInForm } from './SignInForm'
import { useLeaveWhenSignedIn } from './useLeaveWhenSignedIn'
import { useSignedIn } from './useSignedIn'

export function SignInPage() {
  const setup = useSetup()
  const search = useSearch({ from: '/bare/sign-in' })
  const onSignedIn = useSignedIn(search)
  useLeaveWhenSignedIn(search)
  if (setup.data?.needed || joiningOf(setup.data)) return <Navigate to="/set-up" replace />
  const company = setup.data?.company
  return (
    <EntryFrame
      title={<Trans>Sign in</Trans>}
      hint={company ? <Trans>to {company}</Trans> : <Trans>to your company</Trans>}
    >
      {setup.failureCount > 1 && <UnansweredBanner failure={setup.failureReason} />}
      <SignInForm onSignedIn={onSignedIn} />
    </EntryFrame>
  )
}
