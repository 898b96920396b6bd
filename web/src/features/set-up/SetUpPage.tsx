import { Trans } from '@lingui/react/macro'
import { useQueryClient } from '@tanstack/react-query'
import { Navigate } from '@tanstack/react-router'
import { useSessionPhase } from '@/core/session'
import { EntryFrame, setupQuery, useLeaveWhenSignedIn, useSetup, useSignedIn } from '@/features/sign-in'
import { SetUpForm } from './SetUpForm'

export function SetUpPage() {
  const setup = useSetup()
  const queries = useQueryClient()
  const onSignedIn = useSignedIn()
  const phase = useSessionPhase()
  useLeaveWhenSignedIn('/')
  if (phase === 'signed_out' && setup.data && !setup.data.needed) return <Navigate to="/sign-in" replace />
  return (
    <EntryFrame
      title={<Trans>Set up your company</Trans>}
      hint={<Trans>You become its first administrator. You can add branches and people afterwards.</Trans>}
    >
      <SetUpForm
        onFounded={async (answer, company) => {
          queries.setQueryData(setupQuery.queryKey, { needed: false, company, joining: null })
          await onSignedIn(answer)
        }}
      />
    </EntryFrame>
  )
}
