import { Trans } from '@lingui/react/macro'
import { Problem } from '@/core/api'
import { useProblemText } from '@/core/problems'
import { Banner } from '@/ui'

/** Over a form while the server does not say what it is: because nothing answers, or because it refuses this address. */
export function UnansweredBanner({ failure }: { failure: unknown }) {
  const text = useProblemText()
  const refuses = failure instanceof Problem && failure.status >= 400 && failure.status < 500
  return (
    <Banner tone={refuses ? 'danger' : 'warn'}>
      {refuses ? text(failure) : <Trans>The server cannot be reached; trying again…</Trans>}
    </Banner>
  )
}
