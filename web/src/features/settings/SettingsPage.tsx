import { Trans, useLingui } from '@lingui/react/macro'
import { Link, useParams } from '@tanstack/react-router'
import { Suspense } from 'react'
import { MenuPage } from '@/ui'
import { settings } from './slots'

export function SettingsPage() {
  const { t, i18n } = useLingui()
  const { section } = useParams({ strict: false })
  const chosen = settings.entries.find(({ id }) => id === section)
  const current = chosen ?? settings.entries[0]
  if (!current) return null
  const { Section } = current
  return (
    <MenuPage
      title={<Trans>Settings</Trans>}
      label={t`Settings`}
      entries={settings.entries.map(({ id, icon: Icon, label }) => ({
        id,
        icon: <Icon />,
        label: i18n._(label),
        link: <Link to="/settings/$section" params={{ section: id }} />,
      }))}
      current={current.id}
      chosen={chosen !== undefined}
      back={<Link to="/settings" aria-label={t`Settings`} />}
    >
      <Suspense>
        <Section />
      </Suspense>
    </MenuPage>
  )
}
