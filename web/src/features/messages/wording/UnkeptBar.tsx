import { Trans } from '@lingui/react/macro'
import { useUnkept } from '@/log'
import { Banner, Delayed } from '@/ui'

/** What goes out at once is not worth a word. */
const afterMs = 1_500

/** Something I wrote is in the memory of this page alone: it must not be closed before that is sent. */
export function UnkeptBar() {
  if (!useUnkept()) return null
  return (
    <Delayed ms={afterMs}>
      <Banner tone="warn" shape="bar">
        <Trans>This browser is out of storage. Keep this page open until your message is sent.</Trans>
      </Banner>
    </Delayed>
  )
}
