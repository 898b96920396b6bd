import { type I18n, type MessageDescriptor, i18n as present } from '@lingui/core'
import { msg } from '@lingui/core/macro'
import { type ErrorCode, Problem } from '@/core/api'
import { siteOf } from './site-of'
import { words } from './words'

/** What a feature says of some codes in other words than all do. */
export type ProblemWords = Partial<Record<ErrorCode, MessageDescriptor>>

/** Words an error by its code, where it is told once: a toast. What stays on the screen follows the language (`useProblemText`). */
export function problemText(error: unknown, own?: ProblemWords, i18n: I18n = present): string {
  if (!(error instanceof Problem)) return i18n._(msg`Something went wrong. Try again.`)
  const known = own?.[error.code as ErrorCode] ?? words[error.code as ErrorCode]
  const incident = error.details.incident
  const text = known
    ? i18n._(known.id, { ...error.details, ...siteOf(error, i18n._(msg`headquarters`)) }, known)
    : error.message
  return typeof incident === 'string' ? `${text} (${incident})` : text
}
