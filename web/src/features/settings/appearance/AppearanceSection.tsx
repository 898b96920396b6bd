import { Trans, useLingui } from '@lingui/react/macro'
import { Monitor, Moon, Sun } from 'lucide-react'
import type { Preferences } from '@/core/api'
import { locales } from '@/core/i18n'
import { useMe, useMyLocale } from '@/core/session'
import { Avatar, Segmented } from '@/ui'
import { Setting, SettingGroup } from '../Setting'
import styles from '../settings.module.css'
import { usePreferenceChange, usePreferences } from '../usePreferences'

const scales = [90, 100, 110, 120, 130]

/** Language, theme, density and text size: all take effect at once, on all my devices. */
export function AppearanceSection() {
  const { t } = useLingui()
  const preferences = usePreferences()
  const change = usePreferenceChange()
  return (
    <>
      <SettingGroup title={<Trans>Language</Trans>}>
        <Setting title={<Trans>Interface language</Trans>} hint={<Trans>Messages stay as they were written.</Trans>}>
          <Segmented
            label={t`Language`}
            value={useMyLocale()}
            onValueChange={locale => change({ locale })}
            options={locales.map(({ locale, name }) => ({ value: locale, label: <span lang={locale}>{name}</span> }))}
          />
        </Setting>
      </SettingGroup>
      <SettingGroup title={<Trans>Appearance</Trans>}>
        <ThemeSetting theme={preferences.theme} onTheme={theme => change({ theme })} />
        <Setting title={<Trans>Density</Trans>} hint={<Trans>Compact shows more on one screen.</Trans>}>
          <Segmented
            label={t`Density`}
            value={preferences.density}
            onValueChange={density => change({ density })}
            options={[
              { value: 'comfortable', label: t`Comfortable` },
              { value: 'compact', label: t`Compact` },
            ]}
          />
        </Setting>
        <Setting title={<Trans>Text size</Trans>}>
          <Segmented
            label={t`Text size`}
            value={String(preferences.text_scale)}
            onValueChange={scale => change({ text_scale: Number(scale) })}
            options={scales.map(scale => ({ value: String(scale), label: `${scale}%` }))}
          />
        </Setting>
        <Sample />
      </SettingGroup>
    </>
  )
}

type ThemeProps = { theme: Preferences['theme']; onTheme: (theme: Preferences['theme']) => void }

function ThemeSetting({ theme, onTheme }: ThemeProps) {
  const { t } = useLingui()
  return (
    <Setting title={<Trans>Theme</Trans>}>
      <Segmented
        label={t`Theme`}
        value={theme}
        onValueChange={onTheme}
        options={[
          { value: 'system', label: t`System`, icon: <Monitor /> },
          { value: 'light', label: t`Light`, icon: <Sun /> },
          { value: 'dark', label: t`Dark`, icon: <Moon /> },
        ]}
      />
    </Setting>
  )
}

/** How a message looks with what was chosen. */
function Sample() {
  const { person } = useMe()
  return (
    <div className={styles.sample} aria-hidden="true">
      <Avatar id={person.id} name={person.name} size={36} />
      <div>
        <p className={styles.sampleMeta}>{person.name} 10:08</p>
        <p className={styles.bubble}>
          <Trans>This is how messages look.</Trans>
        </p>
      </div>
    </div>
  )
}
