import { Trans, useLingui } from '@lingui/react/macro'
import { Keyboard } from 'lucide-react'
import { openShortcutSheet, shownKeys } from '@/core/keys'
import { Button, Segmented } from '@/ui'
import { Setting, SettingGroup } from '../Setting'
import { usePreferenceChange, usePreferences } from '../usePreferences'

/** How to send, and the keys that work everywhere. */
export function MessagesSection() {
  const { t } = useLingui()
  const preferences = usePreferences()
  const change = usePreferenceChange()
  return (
    <SettingGroup title={<Trans>Writing</Trans>}>
      <Setting
        title={<Trans>Send messages with</Trans>}
        hint={
          preferences.send_key === 'enter' ? (
            <Trans>Shift+Enter begins a new line.</Trans>
          ) : (
            <Trans>Enter begins a new line.</Trans>
          )
        }
      >
        <Segmented
          label={t`Send messages with`}
          value={preferences.send_key}
          onValueChange={send_key => change({ send_key })}
          options={[
            { value: 'enter', label: 'Enter' },
            { value: 'ctrl_enter', label: shownKeys('Ctrl+Enter').replaceAll('+', ' + ') },
          ]}
        />
      </Setting>
      <Setting title={<Trans>Keyboard shortcuts</Trans>} hint={<Trans>Everything you can do without a mouse.</Trans>}>
        <Button icon={<Keyboard />} onClick={openShortcutSheet}>
          <Trans>Show all</Trans>
        </Button>
      </Setting>
    </SettingGroup>
  )
}
