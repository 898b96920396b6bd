import { useEffect, useState } from 'react'
import { usePreference } from '@/core/session'

/** Quiet until somebody ends it: the last moment of the year 9999, ms since 1970, as the server takes it. */
export const untilEnded = 253_402_300_799_000
/** The longest that a timer of browsers waits, about. */
const dayMs = 86_400_000
const morning = 8

/** Until when nothing calls me; null: something does. Drawn again when it ends by itself. */
export function useQuietUntil(): number | null {
  const until = usePreference('quiet_until')
  const [now, setNow] = useState(Date.now)
  useEffect(() => {
    setNow(Date.now())
    const left = until - Date.now()
    if (left <= 0) return
    const timer = setInterval(() => setNow(Date.now()), Math.min(left, dayMs))
    return () => clearInterval(timer)
  }, [until])
  return until > now ? until : null
}

export type QuietChoice = 'half_hour' | 'hours' | 'morning' | 'open'

/** When each choice ends. The next morning is at 8 by this device's clock. */
export const quietChoices: Record<QuietChoice, (now?: Date) => number> = {
  half_hour: (now = new Date()) => now.getTime() + 30 * 60_000,
  hours: (now = new Date()) => now.getTime() + 2 * 3_600_000,
  morning: (now = new Date()) => {
    const today = new Date(now)
    today.setHours(morning, 0, 0, 0)
    if (today <= now) today.setDate(today.getDate() + 1)
    return today.getTime()
  },
  open: () => untilEnded,
}
