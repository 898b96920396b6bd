import { useLingui } from '@lingui/react'
import { useCallback } from 'react'
import { type ProblemWords, problemText } from './problem-text'

/** Words an error by its code: `text(error)`. Codes of a newer server are shown as it says them. */
export function useProblemText(own?: ProblemWords): (error: unknown) => string {
  const { i18n, _ } = useLingui()
  // `_` is another one when the language is.
  // biome-ignore lint/correctness/useExhaustiveDependencies: what it says depends on the language
  return useCallback((error: unknown) => problemText(error, own, i18n), [_, i18n, own])
}
