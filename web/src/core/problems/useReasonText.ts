import type { I18n } from '@lingui/core'
import { msg } from '@lingui/core/macro'
import { useLingui } from '@lingui/react'
import { useCallback } from 'react'

type Words = (i18n: I18n, count: string) => string

/** The reasons the server gives for a field, with their number. */
const reasons: [sign: RegExp, words: Words][] = [
  [/^at least (\d+) characters$/, (i18n, count) => i18n._(msg`At least ${{ count }} characters.`)],
  [/^(?:1 to|at most) (\d+) characters$/, (i18n, count) => i18n._(msg`At most ${{ count }} characters.`)],
  [/^letters, digits and .+ only$/, i18n => i18n._(msg`Only letters, digits and . _ - @ + may stand here.`)],
  [/^needs at least one letter$/, i18n => i18n._(msg`At least one letter is needed.`)],
  [
    /^may not contain (U\+[0-9A-F]+), which does not show$/,
    (i18n, sign) => i18n._(msg`There is a character here that nobody can see (${{ sign }}). Remove it.`),
  ],
  [/^may not contain \/$/, i18n => i18n._(msg`A slash may not stand here.`)],
  [/^is not an e-mail address$/, i18n => i18n._(msg`This is not an email address.`)],
  [/^Somebody has this login already$/, i18n => i18n._(msg`Somebody has this login already.`)],
  [
    /^is one of the most common passwords$/,
    i18n => i18n._(msg`This is one of the most common passwords. Choose another one.`),
  ],
  [
    /^is a run of keys or a repetition$/,
    i18n => i18n._(msg`This is a run of keys or a repetition. Choose another one.`),
  ],
  [
    /^is made of names that others know$/,
    i18n => i18n._(msg`This is made of names that others know. Choose another one.`),
  ],
  [/^is the one that was given$/, i18n => i18n._(msg`Choose another password than the one you were given.`)],
  [/^is not a telephone number$/, i18n => i18n._(msg`This is not a phone number.`)],
]

/** Words what the server says is wrong with a field: `text(reason)`. What nobody has words for is shown as it is. */
export function useReasonText(): (reason: string) => string {
  const { i18n } = useLingui()
  return useCallback(
    (reason: string) => {
      for (const [sign, words] of reasons) {
        const match = sign.exec(reason)
        if (match) return words(i18n, match[1] ?? '')
      }
      return reason
    },
    [i18n],
  )
}
