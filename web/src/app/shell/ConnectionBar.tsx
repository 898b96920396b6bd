import { Trans } from '@lingui/react/macro'
import { useConnectionStatus } from '@/features/messages'
import { SiteBar } from '@/features/sites'
import { Banner } from '@/ui'
import { useLongLost } from './useLongLost'

/**
 * Says that the connection is lost, once that lasts; short losses mend themselves without a word. While it is there, how
 * this site stands towards the others.
 */
export function ConnectionBar() {
  const status = useConnectionStatus()
  const lost = useLongLost(status)
  if (!lost) return <SiteBar />
  return (
    <Banner tone="warn" shape="bar">
      {status.phase === 'offline' ? (
        <Trans>The network is down; messages are sent when it is back</Trans>
      ) : (
        <Trans>The server cannot be reached; messages are sent when it is back</Trans>
      )}
    </Banner>
  )
}
