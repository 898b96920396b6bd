import { Trans, useLingui } from '@lingui/react/macro'
import { useQueryClient } from '@tanstack/react-query'
import { Navigate } from '@tanstack/react-router'
import { useState } from 'react'
import { useSessionPhase } from '@/core/session'
import {
  EntryFrame,
  joiningOf,
  setupQuery,
  UnansweredBanner,
  useLeaveWhenSignedIn,
  useSetup,
  useSignedIn,
} from '@/features/sign-in'
import { Segmented } from '@/ui'
import { JoinForm } from './joining/JoinForm'
import { JoinProgress } from './joining/JoinProgress'
import { SetUpForm } from './SetUpForm'
import styles from './set-up.module.css'

type Way = 'found' | 'join'

/** The first visit to a new server: it becomes a company, or a branch of one. */
export function SetUpPage() {
  const setup = useSetup()
  const phase = useSessionPhase()
  const [way, setWay] = useState<Way>('found')
  useLeaveWhenSignedIn()
  const joining = joiningOf(setup.data)
  if (phase === 'signed_out' && setup.data && !setup.data.needed && !joining) return <Navigate to="/sign-in" replace />
  if (joining && joining.phase !== 'refused') return <JoinProgress joining={joining} lost={setup.failureCount > 1} />
  if (!setup.data) return <Asking lost={setup.failureCount > 1} failure={setup.failureReason} />
  const chosen = joining ? 'join' : way
  if (chosen === 'join') {
    return (
      <EntryFrame
        title={<Trans>Join your company</Trans>}
        hint={<Trans>This server becomes a branch's: it works by itself when the line to headquarters is cut.</Trans>}
      >
        {!joining && <WayChoice way={way} onWay={setWay} />}
        <JoinForm refused={joining} onJoining={() => setup.refetch()} />
      </EntryFrame>
    )
  }
  return (
    <EntryFrame
      title={<Trans>Set up your company</Trans>}
      hint={<Trans>You become its first administrator. You can add branches and people afterwards.</Trans>}
    >
      <WayChoice way={way} onWay={setWay} />
      <FoundForm />
    </EntryFrame>
  )
}

/** Until the server has said what it is: one that restarts must not look like a new one. */
function Asking({ lost, failure }: { lost: boolean; failure: unknown }) {
  return <EntryFrame title={<Trans>One moment…</Trans>}>{lost && <UnansweredBanner failure={failure} />}</EntryFrame>
}

function FoundForm() {
  const queries = useQueryClient()
  const onSignedIn = useSignedIn()
  return (
    <SetUpForm
      onFounded={async (answer, company) => {
        queries.setQueryData(setupQuery.queryKey, { needed: false, company, joining: null })
        await onSignedIn(answer)
      }}
    />
  )
}

function WayChoice({ way, onWay }: { way: Way; onWay: (way: Way) => void }) {
  const { t } = useLingui()
  return (
    <Segmented<Way>
      className={styles.way}
      label={t`What this server is for`}
      value={way}
      onValueChange={onWay}
      options={[
        { value: 'found', label: <Trans>A new company</Trans> },
        { value: 'join', label: <Trans>Join as a branch</Trans> },
      ]}
    />
  )
}
