import { Trans } from '@lingui/react/macro'
import { UnkeptBar } from '@/features/messages'
import { QuestionBar } from '@/features/notifications'
import { SiteBar } from '@/features/sites'
import { useConnectionStatus } from '@/log'
import { Banner } from '@/ui'
import { useLongLost } from './useLongLost'
import { useServerAnswers } from './useServerAnswers'

/**
 * Says that the connection is lost, once that lasts; short losses mend themselves without a word. While it is there, how
 * this site stands towards the others.
 */
export function ConnectionBar() {
  const status = useConnectionStatus()
  const lost = useLongLost(status)
  return (
    <>
      {lost ? <LostBar offline={status.phase === 'offline'} /> : <SiteBar />}
      <UnkeptBar />
      {!lost && <QuestionBar />}
    </>
  )
}

function LostBar({ offline }: { offline: boolean }) {
  return (
    <Banner tone="warn" shape="bar">
      {offline ? <Trans>You are offline; messages will be sent once you are back online</Trans> : <Unreached />}
    </Banner>
  )
}

/** No live connection: because nothing answers, or because something on the way lets only pages through. */
function Unreached() {
  const answers = useServerAnswers()
  if (answers === null) return <Trans>Cannot reach the server; messages will be sent once it is back</Trans>
  return (
    <Trans>
      The server answers, but the live connection to it does not get through. A proxy before it must pass WebSockets and
      the Host header on: tell your administrator.
    </Trans>
  )
}
