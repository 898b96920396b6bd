import { Trans } from '@lingui/react/macro'
import { useQuery } from '@tanstack/react-query'
import { Network, Plus, Scissors } from 'lucide-react'
import { useState } from 'react'
import { useProblemText } from '@/core/problems'
import { Banner, Button, Empty } from '@/ui'
import { InviteDialog } from '../actions/InviteDialog'
import { CutBanner, RehearsalDialog } from '../actions/Rehearsal'
import { statusQuery } from '../queries'
import { KeptBack } from './KeptBack'
import { LoginConflicts } from './LoginConflicts'
import { SiteMap } from './SiteMap'
import { SiteTable } from './SiteTable'
import styles from './sites.module.css'

type Opened = 'invite' | 'rehearse'

/** How the company's sites are, and what can be done about them. */
export function SitesSection() {
  const { data, error } = useQuery(statusQuery)
  const text = useProblemText()
  const [opened, setOpened] = useState<Opened | null>(null)
  const close = () => setOpened(null)
  const sites = data?.sites ?? []
  const others = sites.filter(({ number }) => number !== data?.here)
  const hasOthers = others.some(({ state }) => state === 'joined')
  return (
    <div className={styles.section}>
      {error && <Banner tone="danger">{text(error)}</Banner>}
      {data && data.cut_s > 0 && <CutBanner seconds={data.cut_s} />}
      {data && data.login_conflicts.length > 0 && <LoginConflicts conflicts={data.login_conflicts} />}
      {others.length > 0 && (
        <div className={styles.tools}>
          <Button variant="primary" icon={<Plus />} onClick={() => setOpened('invite')}>
            <Trans>Invite a branch</Trans>
          </Button>
          <Button
            icon={<Scissors />}
            disabled={!hasOthers || (data?.cut_s ?? 0) > 0}
            onClick={() => setOpened('rehearse')}
          >
            <Trans>Rehearse a cut</Trans>
          </Button>
        </div>
      )}
      {data && others.length === 0 && <First onInvite={() => setOpened('invite')} />}
      {data && others.length > 0 && (
        <>
          {others.some(({ state }) => state !== 'retired') && <SiteMap sites={sites} here={data.here} />}
          <SiteTable sites={sites} here={data.here} />
          {sites.some(site => site.alerts.includes('kept_back')) && <KeptBack sites={sites} />}
        </>
      )}
      {opened === 'invite' && <InviteDialog onClose={close} />}
      {opened === 'rehearse' && <RehearsalDialog onClose={close} />}
    </div>
  )
}

/** For the company of one site. */
function First({ onInvite }: { onInvite: () => void }) {
  return (
    <Empty
      icon={<Network />}
      title={<Trans>All of the company works with this one server</Trans>}
      hint={
        <Trans>
          A branch with a server of its own goes on when the line is cut, and both merge when it is back. Invite the
          first one.
        </Trans>
      }
      action={
        <Button variant="primary" icon={<Plus />} onClick={onInvite}>
          <Trans>Invite a branch</Trans>
        </Button>
      }
    />
  )
}
