import { Trans } from '@lingui/react/macro'
import { Outlet, useMatches } from '@tanstack/react-router'
import { useFollowing } from '@/log'
import { ConnectionBar } from './ConnectionBar'
import { Rail } from './Rail'
import styles from './Shell.module.css'
import { ShortcutSheet } from './ShortcutSheet'
import { SignOut } from './SignOut'
import { TopBar } from './TopBar'
import { useMyAppearance } from './useMyAppearance'
import { useNewVersion } from './useNewVersion'
import { useKeptBeforehand, usePreload } from './usePreload'

/** The frame around every page of someone signed in: top bar, rail, the page. On phones the rail is at the bottom. */
export function Shell() {
  const full = useMatches({ select: matches => matches.some(match => match.staticData.fullOnPhone) })
  useMyAppearance()
  useFollowing()
  useNewVersion()
  usePreload()
  useKeptBeforehand()
  return (
    <div className={styles.shell} data-full={full || undefined}>
      <a className={styles.skip} href="#main">
        <Trans>Skip to the content</Trans>
      </a>
      <div className={styles.top}>
        <TopBar />
      </div>
      <div className={styles.bar}>
        <ConnectionBar />
      </div>
      <div className={styles.rail}>
        <Rail />
      </div>
      <main id="main" className={styles.main} tabIndex={-1}>
        <Outlet />
      </main>
      <ShortcutSheet />
      <SignOut />
    </div>
  )
}
