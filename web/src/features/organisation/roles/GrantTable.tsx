import { Trans, useLingui } from '@lingui/react/macro'
import { type ReactNode, useState } from 'react'
import { type HeldGrant, request } from '@/core/api'
import { useMe } from '@/core/session'
import { useTimes } from '@/core/time'
import { type OrgTree, pathOf } from '@/features/contacts'
import { Avatar, Button, type Column, Table, Tag, TypedConfirmDialog } from '@/ui'
import people from '../people/people.module.css'
import { useChange } from '../useChange'
import type { Holder } from './queries'
import styles from './roles.module.css'
import { useRoleWords } from './useRoles'

export interface GrantTableProps {
  tree: OrgTree
  holders: Holder[]
  empty: ReactNode
}

export function GrantTable({ tree, holders, empty }: GrantTableProps) {
  const { t } = useLingui()
  const [revoking, setRevoking] = useState<Holder | null>(null)
  const columns = useGrantColumns(tree, setRevoking)
  return (
    <>
      <Table
        label={t`Roles`}
        columns={columns}
        rows={holders}
        rowKey={({ grant }) => grant.id}
        isMuted={({ grant }) => grant.inherited}
        empty={empty}
      />
      {revoking && <RevokeDialog tree={tree} holder={revoking} onClose={() => setRevoking(null)} />}
    </>
  )
}

function useGrantColumns(tree: OrgTree, onRevoke: (holder: Holder) => void): Column<Holder>[] {
  const me = useMe()
  const times = useTimes()
  const roleWords = useRoleWords()
  return [
    { key: 'person', title: <Trans>Full name</Trans>, cell: holder => <Who holder={holder} /> },
    {
      key: 'role',
      title: <Trans>Role</Trans>,
      cell: ({ grant }) => {
        const { name, hint } = roleWords(grant.role)
        return (
          <span title={hint}>
            <Tag className={styles.role}>{name}</Tag>
            <span className={styles.over}>
              <Over tree={tree} grant={grant} />
            </span>
          </span>
        )
      },
    },
    {
      key: 'unit',
      title: <Trans>Over</Trans>,
      cell: ({ grant }) => <Over tree={tree} grant={grant} />,
      wide: true,
    },
    {
      key: 'since',
      title: <Trans>Since</Trans>,
      width: '120px',
      cell: ({ grant }) => times.list(grant.id),
      wide: true,
    },
    {
      key: 'actions',
      title: '',
      width: '96px',
      align: 'end',
      cell: holder =>
        !holder.grant.inherited &&
        holder.grant.person !== me.person.id && (
          <Button size="small" variant="danger-outline" onClick={() => onRevoke(holder)}>
            <Trans>Revoke</Trans>
          </Button>
        ),
    },
  ]
}

/** The unit a role was given over; of one that comes from above, that it does. */
function Over({ tree, grant }: { tree: OrgTree; grant: HeldGrant }) {
  const unit = pathOf(tree, grant.unit)
    .map(({ name }) => name)
    .join(' / ')
  return grant.inherited ? <Trans>Inherited from {unit}</Trans> : unit
}

function Who({ holder: { grant, person } }: { holder: Holder }) {
  const name = person?.name ?? '–'
  return (
    <span className={people.who}>
      <Avatar id={grant.person} name={name} size={28} />
      <span className={people.whoName}>{name}</span>
    </span>
  )
}

function RevokeDialog({ tree, holder, onClose }: { tree: OrgTree; holder: Holder; onClose: () => void }) {
  const { t } = useLingui()
  const { name: role } = useRoleWords()(holder.grant.role)
  const name = holder.person?.name ?? holder.grant.person
  const unit = tree.units.get(holder.grant.unit)?.name ?? ''
  const revoke = useChange({
    change: () => request('DELETE /grants/{grant}', { path: { grant: holder.grant.id } }),
    done: () => t`${name} is no longer ${role} of ${unit}`,
    onDone: onClose,
  })
  return (
    <TypedConfirmDialog
      open
      onOpenChange={open => !open && onClose()}
      title={<Trans>Revoke the role of {name}?</Trans>}
      description={
        <Trans>
          {name} stops being {role} of {unit} at once.
        </Trans>
      }
      word={name}
      wordLabel={<Trans>Type “{name}” to confirm</Trans>}
      confirmLabel={<Trans>Revoke</Trans>}
      cancelLabel={t`Cancel`}
      closeLabel={t`Close`}
      busy={revoke.isPending}
      onConfirm={() => revoke.mutate()}
    />
  )
}
