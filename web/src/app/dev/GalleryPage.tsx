import { useLingui } from '@lingui/react/macro'
import { useState } from 'react'
import { activateLocale, type Locale, locales } from '@/core/i18n'
import { applyTextScale, applyTheme, Segmented, Select, type Theme } from '@/ui'
import { ButtonsSection } from './ButtonsSection'
import { ChoicesSection } from './ChoicesSection'
import { DataSection } from './DataSection'
import { FeedbackSection } from './FeedbackSection'
import { FieldsSection } from './FieldsSection'
import styles from './Gallery.module.css'
import { OverlaysSection } from './OverlaysSection'
import { PeopleSection } from './PeopleSection'

/** /dev/ui */
export function GalleryPage() {
  const { t } = useLingui()
  return (
    <main className={styles.page}>
      <header className={styles.header}>
        <h1>{t`Component kit`}</h1>
        <Appearance />
      </header>
      <div className={styles.sections}>
        <ButtonsSection />
        <PeopleSection />
        <FieldsSection />
        <ChoicesSection />
        <OverlaysSection />
        <FeedbackSection />
        <DataSection />
      </div>
    </main>
  )
}

function Appearance() {
  const { t, i18n } = useLingui()
  const [theme, setTheme] = useState<Theme>(document.documentElement.dataset.theme === 'dark' ? 'dark' : 'light')
  const [scale, setScale] = useState('100')
  return (
    <div className={styles.bar}>
      <Segmented
        label={t`Theme`}
        value={theme}
        onValueChange={next => {
          setTheme(next)
          applyTheme(next)
        }}
        options={[
          { value: 'light', label: t`Light` },
          { value: 'dark', label: t`Dark` },
        ]}
      />
      <Segmented
        label={t`Language`}
        value={i18n.locale as Locale}
        onValueChange={locale => void activateLocale(locale)}
        options={locales.map(({ locale, name }) => ({ value: locale, label: name }))}
      />
      <Select
        className={styles.scale}
        aria-label={t`Text size`}
        value={scale}
        onValueChange={next => {
          setScale(next)
          applyTextScale(Number(next))
        }}
        options={['90', '100', '115', '130'].map(value => ({ value, label: `${value}%` }))}
      />
    </div>
  )
}
