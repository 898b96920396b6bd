import { Trans } from '@lingui/react/macro'
import { useConnectionStatus } from '@/features/messages'
import { Banner } from '@/ui'
import { useLongLost } from './useLongLost'

/** Says that the connection is lost, once that lasts; short losses mend themselves without a word. */
export function ConnectionBar() {
  const status = useConnectionStatus()
  const lost = useLongLost(status)
  if (!lost) return null
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
