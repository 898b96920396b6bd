import { useLingui } from '@lingui/react/macro'
import { Bell, BellOff } from 'lucide-react'
import { quietChoices, useQuietUntil } from '@/features/notifications'
import { usePreferenceChange } from '@/features/settings'
import { MenuItem, SubMenu } from '@/ui'

/** Nothing calls for a while. */
export function QuietMenu() {
  const { t } = useLingui()
  const change = usePreferenceChange()
  const until = useQuietUntil()
  if (until) {
    return (
      <MenuItem icon={<Bell />} onClick={() => change({ quiet_until: 0 })}>
        {t`End do not disturb`}
      </MenuItem>
    )
  }
  const choices = [
    ['half_hour', t`For 30 minutes`],
    ['hours', t`For 2 hours`],
    ['morning', t`Until 8 in the morning`],
    ['open', t`Until I turn it off`],
  ] as const
  return (
    <SubMenu icon={<BellOff />} label={t`Do not disturb`}>
      {choices.map(([choice, label]) => (
        <MenuItem key={choice} onClick={() => change({ quiet_until: quietChoices[choice]() })}>
          {label}
        </MenuItem>
      ))}
    </SubMenu>
  )
}
