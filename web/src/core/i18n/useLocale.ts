import { useLingui } from '@lingui/react'

/** The reader's language, for Intl. */
export function useLocale(): string {
  return useLingui().i18n.locale
}
