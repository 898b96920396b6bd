import { Trans, useLingui } from '@lingui/react/macro'
import { Ellipsis, KeyRound, Pencil, UserRoundCheck, UserRoundX } from 'lucide-react'
import { useState } from 'react'
import { type Person, request } from '@/core/api'
import { useMe } from '@/core/session'
import type { OrgTree, UnitNode } from '@/features/contacts'
import { IconButton, Menu, MenuItem, MenuSeparator } from '@/ui'
import { mayOver } from '../scope'
import { useChange } from '../useChange'
import { DeactivateDialog } from './DeactivateDialog'
import { PersonDialog } from './PersonDialog'
import { ResetPasswordDialog } from './ResetPasswordDialog'

export interface PersonMenuProps {
  tree: OrgTree
  tops: readonly UnitNode[]
  person: Person
}

type Opened = 'change' | 'password' | 'deactivate'

/** What can be done with a person; for whoever manages their main unit. */
export function PersonMenu({ tree, tops, person }: PersonMenuProps) {
  const { t } = useLingui()
  const me = useMe()
  const [opened, setOpened] = useState<Opened | null>(null)
  const close = () => setOpened(null)
  const reactivate = useChange({
    change: () => request('POST /org/people/{person}/reactivate', { path: { person: person.id } }),
    done: () => t`${person.name} can sign in again`,
  })
  if (!mayOver(tree, me, 'org.manage', person.unit)) return null
  return (
    <>
      <Menu trigger={<IconButton icon={<Ellipsis />} label={t`Actions for ${person.name}`} />} align="end">
        <MenuItem icon={<Pencil />} onClick={() => setOpened('change')}>
          <Trans>Change</Trans>
        </MenuItem>
        <MenuItem icon={<KeyRound />} disabled={!person.active} onClick={() => setOpened('password')}>
          <Trans>Set a new password</Trans>
        </MenuItem>
        <MenuSeparator />
        {person.active ? (
          <MenuItem
            icon={<UserRoundX />}
            danger
            disabled={person.id === me.person.id}
            onClick={() => setOpened('deactivate')}
          >
            <Trans>Deactivate</Trans>
          </MenuItem>
        ) : (
          <MenuItem icon={<UserRoundCheck />} onClick={() => reactivate.mutate()}>
            <Trans>Reactivate</Trans>
          </MenuItem>
        )}
      </Menu>
      {opened === 'change' && <PersonDialog tree={tree} tops={tops} person={person.id} onClose={close} />}
      {opened === 'password' && <ResetPasswordDialog person={person} onClose={close} />}
      {opened === 'deactivate' && <DeactivateDialog person={person} onClose={close} />}
    </>
  )
}
