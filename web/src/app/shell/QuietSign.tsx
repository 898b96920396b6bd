import { useLingui } from '@lingui/react/macro'
import { BellOff } from 'lucide-react'
import { useLocale } from '@/core/i18n'
import { clockTime } from '@/core/time'
import { untilEnded, useQuietUntil } from '@/features/notifications'
import { usePreferenceChange } from '@/features/settings'
import { IconButton } from '@/ui'

/** While nothing calls me: a sign that says so and until when, and ends it. */
export function QuietSign() {
  const { t } = useLingui()
  const locale = useLocale()
  const change = usePreferenceChange()
  const until = useQuietUntil()
  if (!until) return null
  const time = clockTime(new Date(until), locale)
  const label =
    until === untilEnded ? t`Do not disturb is on; press to end it` : t`Do not disturb until ${time}; press to end it`
  return <IconButton icon={<BellOff />} label={label} tooltipSide="bottom" onClick={() => change({ quiet_until: 0 })} />
}
