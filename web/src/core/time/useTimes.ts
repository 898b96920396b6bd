import { useLingui } from '@lingui/react'
import { useMemo } from 'react'
import { type Id, idTime } from '@/core/api'
import { clockTime, dayLabel, fullTime, listTime } from './formats'
import { useToday } from './today'

export interface Times {
  /** 10:02 */
  clock: (id: Id) => string
  /** 10:02 / 昨天 / 星期五 / 11/18 */
  list: (id: Id) => string
  /** 今天 / 昨天 / 11月18日 星期三 */
  day: (id: Id) => string
  /** 2026年11月18日 星期三 10:02:07 */
  full: (id: Id) => string
  /** For `dateTime`: 2026-11-18T02:02:07.000Z */
  exact: (id: Id) => string
}

/** The times in ids, in the reader's language; what it returned changes with the language and the day. */
export function useTimes(): Times {
  const { i18n } = useLingui()
  const today = useToday()
  const locale = i18n.locale
  // biome-ignore lint/correctness/useExhaustiveDependencies: the words depend on which day it is
  return useMemo(
    () => ({
      clock: id => clockTime(idDate(id), locale),
      list: id => listTime(idDate(id), locale),
      day: id => dayLabel(idDate(id), locale),
      full: id => fullTime(idDate(id), locale),
      exact: id => idDate(id).toISOString(),
    }),
    [locale, today],
  )
}

/** When the thing named by an id was made. */
export function idDate(id: Id): Date {
  return new Date(idTime(id))
}
