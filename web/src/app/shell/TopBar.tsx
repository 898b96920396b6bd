import { useLingui } from '@lingui/react/macro'
import { Search } from 'lucide-react'
import { lazy, Suspense, useState } from 'react'
import { shownKeys, useShortcuts } from '@/core/keys'
import { useSearchKeys } from '@/features/search'
import { Switcher } from '@/features/switcher'
import { IconButton, Kbd, Tag } from '@/ui'
import styles from './TopBar.module.css'
import { useHome } from './useHome'

// Fetched beside the page: nobody opens a menu before there is something to see.
const Menus = lazy(() => import('./Menus').then(module => ({ default: module.Menus })))

/** Where I am (company and branch), finding anything, making something new, and me. */
export function TopBar() {
  const { company, branch } = useHome()
  return (
    <header className={styles.bar}>
      <div className={styles.home}>
        <img className={styles.logo} src="/icon.svg" alt="" />
        <span className={styles.company}>{company}</span>
        {branch && <Tag>{branch}</Tag>}
      </div>
      <SearchButton />
      <div className={styles.end}>
        <Suspense>
          <Menus />
        </Suspense>
      </div>
    </header>
  )
}

function SearchButton() {
  const { t } = useLingui()
  const [open, setOpen] = useState(false)
  const toggle = () => setOpen(now => !now)
  useSearchKeys()
  useShortcuts([{ keys: 'Ctrl+K', label: t`Search and switch`, group: t`Everywhere`, run: toggle, overDialogs: open }])
  return (
    <>
      <button type="button" className={styles.search} onClick={toggle}>
        <Search />
        <span className={styles.hint}>{t`Search conversations and people`}</span>
        <Kbd keys={shownKeys('Ctrl+K')} />
      </button>
      <span className={styles.searchIcon}>
        <IconButton icon={<Search />} label={t`Search and switch`} size="large" onClick={toggle} />
      </span>
      {open && <Switcher onClose={() => setOpen(false)} />}
    </>
  )
}
