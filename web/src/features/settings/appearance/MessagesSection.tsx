import { Trans, useLingui } from '@lingui/react/macro'
import { type Shortcut, shownKeys, useShortcutList } from '@/core/keys'
import { Kbd, Segmented } from '@/ui'
import { Setting, SettingGroup } from '../Setting'
import styles from '../settings.module.css'
import { usePreferenceChange, usePreferences } from '../usePreferences'

/** How to send, and the keys that work everywhere. */
export function MessagesSection() {
  const { t } = useLingui()
  const preferences = usePreferences()
  const change = usePreferenceChange()
  return (
    <>
      <SettingGroup title={<Trans>Writing</Trans>}>
        <Setting
          title={<Trans>Key that sends a message</Trans>}
          hint={
            preferences.send_key === 'enter' ? (
              <Trans>Shift+Enter begins a new line.</Trans>
            ) : (
              <Trans>Enter begins a new line.</Trans>
            )
          }
        >
          <Segmented
            label={t`Key that sends a message`}
            value={preferences.send_key}
            onValueChange={send_key => change({ send_key })}
            options={[
              { value: 'enter', label: 'Enter' },
              { value: 'ctrl_enter', label: shownKeys('Ctrl+Enter').replaceAll('+', ' + ') },
            ]}
          />
        </Setting>
      </SettingGroup>
      <SettingGroup title={<Trans>Keyboard shortcuts</Trans>}>
        <div className={styles.shortcuts}>
          {grouped(useShortcutList()).map(([group, shortcuts]) => (
            <div key={group}>
              <p className={styles.shortcutGroup}>{group}</p>
              {shortcuts.map(({ keys, label }) => (
                <div key={keys} className={styles.shortcut}>
                  {label}
                  <Kbd keys={shownKeys(keys)} />
                </div>
              ))}
            </div>
          ))}
        </div>
      </SettingGroup>
    </>
  )
}

function grouped(shortcuts: readonly Shortcut[]): [group: string, shortcuts: Shortcut[]][] {
  const groups = new Map<string, Shortcut[]>()
  for (const shortcut of shortcuts) groups.set(shortcut.group, [...(groups.get(shortcut.group) ?? []), shortcut])
  return [...groups]
}
