/**
 * Times as people read them, by Intl alone. Dates are compared in the reader's own time zone.
 * `now` is given in tests; everywhere else it is the present.
 */

const dayMs = 86_400_000

const formats = new Map<string, Intl.DateTimeFormat>()

function format(locale: string, options: Intl.DateTimeFormatOptions): Intl.DateTimeFormat {
  const key = locale + JSON.stringify(options)
  const known = formats.get(key)
  if (known) return known
  const made = new Intl.DateTimeFormat(locale, options)
  formats.set(key, made)
  return made
}

/** 10:02 */
export function clockTime(date: Date, locale: string): string {
  return format(locale, { hour: '2-digit', minute: '2-digit', hourCycle: 'h23' }).format(date)
}

/** For lists: 10:02 today, 昨天, 星期五 within the week, 11/18 within the year, else 2025/11/18. */
export function listTime(date: Date, locale: string, now = new Date()): string {
  const days = daysBetween(date, now)
  if (days <= 0) return clockTime(date, locale)
  if (days === 1) return yesterday(locale)
  if (days < 7) return format(locale, { weekday: locale.startsWith('zh') ? 'long' : 'short' }).format(date)
  if (date.getFullYear() === now.getFullYear()) return format(locale, { month: 'numeric', day: 'numeric' }).format(date)
  return format(locale, { year: 'numeric', month: 'numeric', day: 'numeric' }).format(date)
}

/** For the line between two days: 今天, 昨天, 11月18日 星期三, 2025年11月18日 星期二. */
export function dayLabel(date: Date, locale: string, now = new Date()): string {
  const days = daysBetween(date, now)
  if (days === 0) return relativeDay(locale, 0)
  if (days === 1) return yesterday(locale)
  const year = date.getFullYear() === now.getFullYear() ? undefined : 'numeric'
  return apart(format(locale, { year, month: 'long', day: 'numeric', weekday: 'long' }).format(date))
}

/** For fields of dates and for days as data: 2026-11-18 */
export function dateText(date: Date): string {
  const two = (part: number) => String(part).padStart(2, '0')
  return `${date.getFullYear()}-${two(date.getMonth() + 1)}-${two(date.getDate())}`
}

/** Everything, for hints: 2026年11月18日 星期三 10:02:07 */
export function fullTime(date: Date, locale: string): string {
  const day = apart(format(locale, { year: 'numeric', month: 'long', day: 'numeric', weekday: 'long' }).format(date))
  const clock = format(locale, { hour: '2-digit', minute: '2-digit', second: '2-digit', hourCycle: 'h23' }).format(date)
  return `${day} ${clock}`
}

/** Chinese writes date and weekday in one; apart they are read faster. */
function apart(day: string): string {
  return day.replace(/日(?=星期)/, '日 ')
}

/** Midnights between two moments; below zero when `date` is on a later day. */
export function daysBetween(date: Date, now: Date): number {
  return Math.round((midnight(now) - midnight(date)) / dayMs)
}

function midnight(date: Date): number {
  return new Date(date.getFullYear(), date.getMonth(), date.getDate()).getTime()
}

function yesterday(locale: string): string {
  return relativeDay(locale, -1)
}

function relativeDay(locale: string, days: number): string {
  const word = new Intl.RelativeTimeFormat(locale, { numeric: 'auto' }).format(days, 'day')
  return word.charAt(0).toUpperCase() + word.slice(1)
}
