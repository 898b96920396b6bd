import { Trans, useLingui } from '@lingui/react/macro'
import { ArchiveX, Ellipsis, GitCompare, Pencil, RotateCcw, Unplug } from 'lucide-react'
import { useState } from 'react'
import type { SiteReport } from '@/core/api'
import { foundingSite } from '@/core/sites'
import { IconButton, Menu, MenuItem, MenuSeparator } from '@/ui'
import { ChangeDialog } from './ChangeDialog'
import { RetireDialog, RevokeDialog } from './EndDialogs'
import { InviteDialog } from './InviteDialog'
import { VerifyDialog } from './VerifyDialog'

type Opened = 'change' | 'verify' | 'again' | 'revoke' | 'retire'

/** What can be done with one site. */
export function SiteMenu({ site, here }: { site: SiteReport; here: number }) {
  const { t } = useLingui()
  const [opened, setOpened] = useState<Opened | null>(null)
  const close = () => setOpened(null)
  const isBranch = site.number !== foundingSite
  if (site.state === 'retired') return null
  return (
    <>
      <Menu align="end" trigger={<IconButton icon={<Ellipsis />} label={t`More about ${site.name}`} />}>
        <MenuItem icon={<Pencil />} onClick={() => setOpened('change')}>
          <Trans>Name and address</Trans>
        </MenuItem>
        {site.number !== here && site.state === 'joined' && (
          <MenuItem icon={<GitCompare />} onClick={() => setOpened('verify')}>
            <Trans>Compare with this site</Trans>
          </MenuItem>
        )}
        {isBranch && (
          <>
            <MenuItem icon={<RotateCcw />} onClick={() => setOpened('again')}>
              {site.state === 'invited' ? <Trans>Make a new token</Trans> : <Trans>Build it again</Trans>}
            </MenuItem>
            <MenuSeparator />
            <MenuItem icon={<Unplug />} danger disabled={site.state === 'revoked'} onClick={() => setOpened('revoke')}>
              <Trans>Revoke access</Trans>
            </MenuItem>
            <MenuItem icon={<ArchiveX />} danger onClick={() => setOpened('retire')}>
              <Trans>Retire</Trans>
            </MenuItem>
          </>
        )}
      </Menu>
      {opened === 'change' && <ChangeDialog site={site} onClose={close} />}
      {opened === 'verify' && <VerifyDialog site={site} onClose={close} />}
      {opened === 'again' && <InviteDialog site={site} onClose={close} />}
      {opened === 'revoke' && <RevokeDialog site={site} onClose={close} />}
      {opened === 'retire' && <RetireDialog site={site} onClose={close} />}
    </>
  )
}
