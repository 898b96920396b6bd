import { Trans, useLingui } from '@lingui/react/macro'
import { X } from 'lucide-react'
import { useListOf } from '@/core/i18n'
import { useHere } from '@/core/sites'
import { Banner, IconButton } from '@/ui'
import styles from './bar.module.css'
import { dismiss, dismissedStore } from './dismissed'
import type { News } from './news'
import { useMyHome } from './useMyHome'
import { useNews } from './useNews'

/** Over every page: that other sites cannot be reached, that they are back, or that one is not at home here. */
export function SiteBar() {
  const news = useNews()
  if (news?.kind === 'cut') return <CutBar cut={news} />
  if (news?.kind === 'merging') {
    return (
      <Banner tone="ok" shape="bar">
        <Trans>The connection is back; merging…</Trans>
      </Banner>
    )
  }
  return <HomeBar />
}

function CutBar({ cut: { headquarters, sites, keys } }: { cut: Extract<News, { kind: 'cut' }> }) {
  const { t } = useLingui()
  const names = useListOf()(sites)
  return (
    <Banner
      tone="neutral"
      shape="bar"
      action={<IconButton icon={<X />} size="small" label={t`Hide until the next cut`} onClick={() => dismiss(keys)} />}
    >
      {headquarters ? (
        <Trans>
          The connection to headquarters is cut: everything in this branch works, messages to elsewhere are delivered
          when it is back
        </Trans>
      ) : (
        <Trans>
          The connection to {names} is cut: everything here works, messages to there are delivered when it is back
        </Trans>
      )}
    </Banner>
  )
}

/** For who is signed in at a site that is not their own. */
function HomeBar() {
  const { t } = useLingui()
  const here = useHere()
  const home = useMyHome()
  const key = `home:${home?.number}:${here}`
  const isKnown = dismissedStore(({ names }) => names.has(key))
  if (here === null || !home || home.number === here || isKnown) return null
  const { name, address } = home
  return (
    <Banner
      tone="neutral"
      shape="bar"
      action={<IconButton icon={<X />} size="small" label={t`Hide`} onClick={() => dismiss([key])} />}
    >
      <Trans>Your home site is {name}. Conversations that are kept there may be missing here.</Trans>
      {/^https?:\/\//.test(address) && (
        <a className={styles.go} href={address}>
          <Trans>Go there</Trans>
        </a>
      )}
    </Banner>
  )
}
