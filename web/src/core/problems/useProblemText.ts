import type { MessageDescriptor } from '@lingui/core'
import { msg } from '@lingui/core/macro'
import { useLingui } from '@lingui/react'
import { useCallback } from 'react'
import { offlineCode, Problem, timeoutCode } from '@/core/api'
import { siteOf, siteWords } from './site-words'

/** Words for codes. A feature gives those of its own. */
export type ProblemWords = Record<string, MessageDescriptor>

const words: ProblemWords = {
  [offlineCode]: msg`The server cannot be reached. Check your network and try again.`,
  [timeoutCode]: msg`The server took too long to answer. Try again.`,
  'core.forbidden': msg`You do not have permission to do this.`,
  'core.not_found': msg`This no longer exists, or you may not see it.`,
  'core.stale': msg`Somebody else changed this at the same time. Look at it again and repeat the change.`,
  'core.key_reused': msg`Something else was sent under the same key before. Try again.`,
  'core.conflict': msg`This contradicts the present state. Look at it again.`,
  'core.invalid': msg`Something in the form is not right.`,
  'core.too_many': msg`Too many attempts. Wait a moment and try again.`,
  'core.unavailable': msg`The server is restarting. Try again in a moment.`,
  'core.out_of_resources': msg`The server has no room left. Tell your administrator, then try again.`,
  'core.unexpected': msg`The server met an unexpected error. Try again; if it stays, tell your administrator.`,
  'core.malformed': msg`The server could not read the request. If a proxy stands before it, its settings may be wrong.`,
  'app.unknown_host': msg`The server does not accept this address. Its administrator must add it to http.origins and start it again; a proxy must pass the Host header on.`,
  'app.head_too_large': msg`This browser sends more than the server takes. Delete the cookies of this address and try again.`,
  'app.too_slow': msg`The request took too long to arrive. Try again.`,
  'identity.foreign_origin': msg`The server does not know this address as its own. Its administrator must add it to http.origins, or let the proxy pass Host and X-Forwarded-Proto on.`,
  'identity.not_signed_in': msg`Your session has ended. Sign in again.`,
}

/** Words an error by its code: `text(error)`. Codes nobody has words for are shown as the server says them. */
export function useProblemText(own?: ProblemWords): (error: unknown) => string {
  const { _ } = useLingui()
  return useCallback(
    (error: unknown) => {
      if (!(error instanceof Problem)) return _(msg`Something went wrong. Try again.`)
      const known = own?.[error.code] ?? words[error.code] ?? siteWords[error.code]
      const incident = error.details.incident
      const text = known ? _(known.id, siteOf(error, _(msg`headquarters`)), known) : error.message
      return typeof incident === 'string' ? `${text} (${incident})` : text
    },
    [_, own],
  )
}
