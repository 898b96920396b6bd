import { Trans, useLingui } from '@lingui/react/macro'
import type { ReactNode } from 'react'
import { chooseLocale, type Locale, locales } from '@/core/i18n'
import { Segmented } from '@/ui'
import { EntryPicture } from './EntryPicture'
import styles from './entry.module.css'

/** The page around sign-in and set-up: the picture of what this is, the form, the choice of language. */
export function EntryFrame({ title, hint, children }: { title: ReactNode; hint?: ReactNode; children: ReactNode }) {
  return (
    <div className={styles.page}>
      <main className={styles.card}>
        <aside className={styles.side}>
          <Brand />
          <EntryPicture className={styles.picture} />
          <p className={styles.promise}>
            <Trans>However far apart the branches, like next door.</Trans>
          </p>
        </aside>
        <section className={styles.form}>
          <div className={styles.narrowBrand}>
            <Brand />
          </div>
          <h1 className={styles.title}>{title}</h1>
          {hint && <p className={styles.hint}>{hint}</p>}
          {children}
        </section>
      </main>
      <footer>
        <LanguageSwitch />
      </footer>
    </div>
  )
}

function Brand() {
  return (
    <div className={styles.brand}>
      <img className={styles.logo} src="/icon.svg" alt="" />
      <Trans>Bilin</Trans>
    </div>
  )
}

function LanguageSwitch() {
  const { i18n, t } = useLingui()
  return (
    <Segmented
      label={t`Language`}
      value={i18n.locale as Locale}
      onValueChange={locale => void chooseLocale(locale)}
      options={locales.map(({ locale, name }) => ({ value: locale, label: <span lang={locale}>{name}</span> }))}
    />
  )
}
