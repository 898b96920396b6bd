import { useLingui } from '@lingui/react/macro'
import { useNavigate } from '@tanstack/react-router'
import { Keyboard, LogOut, Settings, SunMoon } from 'lucide-react'
import { openShortcutSheet, shownKeys } from '@/core/keys'
import { askToSignOut, useMe } from '@/core/session'
import { usePreferenceChange } from '@/features/settings'
import { Avatar, Menu, MenuItem, MenuRadioGroup, MenuSeparator, SubMenu } from '@/ui'
import { QuietMenu } from './QuietMenu'
import styles from './TopBar.module.css'

/** Me: settings, appearance, signing out. */
export function AccountMenu() {
  const { t } = useLingui()
  const { person } = useMe()
  const navigate = useNavigate()
  const trigger = (
    <button type="button" className={styles.account}>
      <Avatar id={person.id} name={person.name} size={28} aria-label={t`Account of ${person.name}`} />
    </button>
  )
  return (
    <Menu trigger={trigger} align="end">
      <div className={styles.person}>
        <Avatar id={person.id} name={person.name} />
        <div className={styles.names}>
          <div className={styles.name}>{person.name}</div>
          <div className={styles.title}>{person.title}</div>
        </div>
      </div>
      <MenuSeparator />
      <MenuItem icon={<Settings />} onClick={() => void navigate({ to: '/settings' })}>
        {t`Settings`}
      </MenuItem>
      <QuietMenu />
      <ThemeMenu />
      <MenuItem icon={<Keyboard />} shortcut={shownKeys('Ctrl+/')} onClick={openShortcutSheet}>
        {t`Keyboard shortcuts`}
      </MenuItem>
      <MenuSeparator />
      <MenuItem icon={<LogOut />} onClick={askToSignOut}>
        {t`Sign out`}
      </MenuItem>
    </Menu>
  )
}

function ThemeMenu() {
  const { t } = useLingui()
  const { preferences } = useMe()
  const change = usePreferenceChange()
  return (
    <SubMenu icon={<SunMoon />} label={t`Theme`}>
      <MenuRadioGroup
        value={preferences.theme}
        onValueChange={theme => change({ theme })}
        options={[
          { value: 'system', label: t`System` },
          { value: 'light', label: t`Light` },
          { value: 'dark', label: t`Dark` },
        ]}
      />
    </SubMenu>
  )
}
