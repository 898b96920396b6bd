import { useLingui } from '@lingui/react'
import { useCallback } from 'react'
import type { Reason } from '@/core/api'
import { reasonWords } from './words/reasons'

/** Words what is wrong with a field: `text(reason)`. A code of a newer server is shown as it is. */
export function useReasonText(): (reason: Reason) => string {
  const { i18n } = useLingui()
  return useCallback(
    (reason: Reason) => {
      const known = reasonWords[reason.code]
      return known ? i18n._(known.id, { ...reason }, known) : reason.code
    },
    [i18n],
  )
}
