import type { MessageDescriptor } from '@lingui/core'
import { msg } from '@lingui/core/macro'
import { useLingui } from '@lingui/react'
import { useCallback } from 'react'
import { type ErrorCode, Problem } from '@/core/api'
import { siteOf } from './site-of'
import { words } from './words'

/** What a feature says of some codes in other words than all do. */
export type ProblemWords = Partial<Record<ErrorCode, MessageDescriptor>>

/** Words an error by its code: `text(error)`. Codes of a newer server are shown as it says them. */
export function useProblemText(own?: ProblemWords): (error: unknown) => string {
  const { _ } = useLingui()
  return useCallback(
    (error: unknown) => {
      if (!(error instanceof Problem)) return _(msg`Something went wrong. Try again.`)
      const known = own?.[error.code as ErrorCode] ?? words[error.code as ErrorCode]
      const incident = error.details.incident
      const text = known
        ? _(known.id, { ...error.details, ...siteOf(error, _(msg`headquarters`)) }, known)
        : error.message
      return typeof incident === 'string' ? `${text} (${incident})` : text
    },
    [_, own],
  )
}
