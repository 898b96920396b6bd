import { useMemo } from 'react'
import { useLocale } from './useLocale'

/** Joins names as the reader's language does: “Shanghai and Shenzhen”, “上海和深圳”. */
export function useListOf(): (names: readonly string[]) => string {
  const locale = useLocale()
  return useMemo(() => {
    const list = new Intl.ListFormat(locale, { type: 'conjunction' })
    return names => list.format(names)
  }, [locale])
}
