import { Trans } from '@lingui/react/macro'
import { Navigate, useSearch } from '@tanstack/react-router'
import { sessionStore, useSessionPhase } from '@/core/session'
import { EntryFrame } from '../entry/EntryFrame'
import { returnAddress } from '../entry/return-address'
import { NewPasswordForm } from './NewPasswordForm'

/** After signing in with a password that somebody else gave: nothing goes on before another one was chosen. */
export function NewPasswordPage() {
  const phase = useSessionPhase()
  const me = sessionStore(state => state.me)
  const search = useSearch({ from: '/bare/new-password' })
  if (phase === 'signed_out') return <Navigate to="/sign-in" search={search} replace />
  if (!me) return null
  return (
    <EntryFrame
      title={<Trans>Choose your own password</Trans>}
      hint={
        <Trans>Welcome, {me.person.name}. The password you signed in with is known to whoever gave it to you.</Trans>
      }
    >
      <NewPasswordForm address={returnAddress(search, me.person.id)} />
    </EntryFrame>
  )
}
