import { Trans, useLingui } from '@lingui/react/macro'
import { askPermission, chime, permissionStore, quietChoices, useQuietUntil } from '@/features/notifications'
import { Button, Segmented, Switch } from '@/ui'
import { Setting, SettingGroup } from '../Setting'
import { usePreferenceChange, usePreferences } from '../usePreferences'

/** What calls me, on all my devices, and whether this browser may show it. */
export function NotificationsSection() {
  return (
    <>
      <SettingGroup title={<Trans>On this device</Trans>}>
        <PermissionSetting />
      </SettingGroup>
      <SettingGroup title={<Trans>On all my devices</Trans>}>
        <WhatCalls />
        <QuietSetting />
      </SettingGroup>
    </>
  )
}

function PermissionSetting() {
  const permission = permissionStore(state => state.permission)
  return (
    <Setting title={<Trans>System notifications</Trans>} hint={<PermissionHint />}>
      {permission === 'default' && (
        <Button variant="primary" onClick={() => void askPermission()}>
          <Trans>Turn on</Trans>
        </Button>
      )}
      {permission === 'granted' && <Trans>On</Trans>}
      {permission === 'denied' && <Trans>Blocked</Trans>}
    </Setting>
  )
}

function PermissionHint() {
  const permission = permissionStore(state => state.permission)
  switch (permission) {
    case 'granted':
      return <Trans>Shown while you are in another window. What you read on another device is not shown here.</Trans>
    case 'denied':
      return <Trans>This browser blocks them. Allow notifications for this site in the browser’s settings.</Trans>
    case 'default':
      return <Trans>The browser asks for your permission first.</Trans>
    case 'none':
      return <Trans>Not available here: they need a recent browser and an https address.</Trans>
  }
}

function WhatCalls() {
  const { t } = useLingui()
  const { notify, notify_sound } = usePreferences()
  const change = usePreferenceChange()
  const choose = (wants: boolean) => {
    change({ notify_sound: wants })
    if (wants) void chime().catch(() => undefined)
  }
  return (
    <>
      <Setting
        title={<Trans>Notify me about</Trans>}
        hint={<Trans>In muted conversations, only when you are mentioned.</Trans>}
      >
        <Segmented
          label={t`Notify me about`}
          value={notify}
          onValueChange={value => change({ notify: value })}
          options={[
            { value: 'all', label: t`All messages` },
            { value: 'mentions', label: t`Direct messages and mentions` },
            { value: 'nothing', label: t({ message: 'Nothing', context: 'calls me' }) },
          ]}
        />
      </Setting>
      <Setting title={<Trans>Play a sound</Trans>}>
        <Switch checked={notify_sound} onCheckedChange={choose} aria-label={t`Play a sound`} />
      </Setting>
    </>
  )
}

function QuietSetting() {
  const { t } = useLingui()
  const until = useQuietUntil()
  const change = usePreferenceChange()
  return (
    <Setting
      title={<Trans>Do not disturb</Trans>}
      hint={<Trans>No notifications and no sound; unread messages are still counted.</Trans>}
    >
      <Switch
        checked={until !== null}
        onCheckedChange={on => change({ quiet_until: on ? quietChoices.open() : 0 })}
        aria-label={t`Do not disturb`}
      />
    </Setting>
  )
}
