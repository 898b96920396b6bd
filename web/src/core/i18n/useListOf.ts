import { useLingui } from '@lingui/react'
import { useMemo } from 'react'

/** Joins names as the reader's language does: “Shanghai and Shenzhen”, “上海和深圳”. */
export function useListOf(): (names: readonly string[]) => string {
  const { locale } = useLingui().i18n
  return useMemo(() => {
    const list = new Intl.ListFormat(locale, { type: 'conjunction' })
    return names => list.format(names)
  }, [locale])
}
