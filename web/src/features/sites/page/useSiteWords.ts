import { plural } from '@lingui/core/macro'
import { useLingui } from '@lingui/react/macro'
import type { SiteReport } from '@/core/api'
import { useLocale } from '@/core/i18n'
import { lagOf, type Standing } from './standing'

export interface SiteWords {
  /** One or two words. */
  standing: (standing: Standing) => string
  /** What is below a site on the map. */
  line: (site: SiteReport, standing: Standing) => string
  alert: (alert: string) => string
  seconds: (s: number) => string
  minutes: (minutes: number) => string
  ms: (ms: number | null) => string
  events: (count: number) => string
  bytes: (bytes: number) => string
  /** A moment of Unix ms. */
  moment: (ms: number | null) => string
  /** A moment that is hours or days away. */
  date: (ms: number) => string
}

/** Figures and states of sites in the reader's words. */
export function useSiteWords(): SiteWords {
  const { t } = useLingui()
  const locale = useLocale()
  const standings: Record<Standing, string> = {
    here: t`This site`,
    level: t`Up to date`,
    behind: t`Behind`,
    away: t`Unreachable`,
    invited: t`Invited`,
    revoked: t`Access revoked`,
    retired: t`Retired`,
  }
  const alerts: Record<string, string> = {
    unreachable: t`Unreachable`,
    behind: t`Behind for long`,
    clock_off: t`Clock is off`,
    versions_apart: t`Versions too far apart`,
    audit_changed: t`Audit chain was changed`,
    audit_set_back: t`Log was set back`,
    held: t`Held up`,
    kept_back: t`Kept back`,
  }
  const seconds = (s: number) => durationText(locale, s)
  return {
    standing: standing => standings[standing],
    line: (site, standing) => {
      const lag = seconds(lagOf(site))
      return standing === 'behind' ? t`Lag ${lag}` : standings[standing]
    },
    alert: alert => alerts[alert] ?? alert,
    seconds,
    minutes: minutes => number(locale, 0, 'minute').format(minutes),
    ms: ms => (ms === null ? '–' : millisecondsText(locale, ms)),
    events: count => plural(count, { one: '# event', other: '# events' }),
    bytes: bytes => bytesText(locale, bytes),
    date: ms => new Intl.DateTimeFormat(locale, dateAndTime).format(ms),
    moment: ms => (ms === null ? '–' : momentText(locale, ms)),
  }
}

function number(locale: string, digits: number, unit: string): Intl.NumberFormat {
  return new Intl.NumberFormat(locale, { style: 'unit', unit, unitDisplay: 'short', maximumFractionDigits: digits })
}

function durationText(locale: string, s: number): string {
  if (s < 120) return number(locale, s < 10 ? 1 : 0, 'second').format(s)
  return s < 7_200 ? number(locale, 0, 'minute').format(s / 60) : number(locale, 1, 'hour').format(s / 3_600)
}

function millisecondsText(locale: string, ms: number): string {
  const isShort = Math.abs(ms) < 1_000
  return isShort ? number(locale, 0, 'millisecond').format(ms) : number(locale, 1, 'second').format(ms / 1_000)
}

const dateAndTime = { month: 'short', day: 'numeric', hour: '2-digit', minute: '2-digit', hourCycle: 'h23' } as const

const units = ['byte', 'kilobyte', 'megabyte', 'gigabyte', 'terabyte'] as const

function bytesText(locale: string, bytes: number): string {
  const power = Math.min(units.length - 1, bytes < 1 ? 0 : Math.floor(Math.log10(bytes) / 3))
  return number(locale, power === 0 ? 0 : 1, units[power] ?? 'byte').format(bytes / 1000 ** power)
}

function momentText(locale: string, ms: number): string {
  const options = { hour: '2-digit', minute: '2-digit', second: '2-digit', hourCycle: 'h23' } as const
  const isToday = new Date(ms).toDateString() === new Date().toDateString()
  return new Intl.DateTimeFormat(locale, isToday ? options : { ...options, month: 'numeric', day: 'numeric' }).format(
    ms,
  )
}
