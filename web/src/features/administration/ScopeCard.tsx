import { Plural, Trans, useLingui } from '@lingui/react/macro'
import { useNavigate, useSearch } from '@tanstack/react-router'
import { ChevronsUpDown } from 'lucide-react'
import type { Id } from '@/core/api'
import { useMe } from '@/core/session'
import { isWithin, type OrgTree, type UnitNode } from '@/features/contacts'
import { topsOf } from '@/features/organisation'
import { Menu, MenuItem } from '@/ui'
import styles from './administration.module.css'
import type { AdministrationEntry } from './entries'

/** What I administer, always in sight; who administers several parts of the company chooses here which to work on. */
export function ScopeCard({ tree, current }: { tree: OrgTree; current: AdministrationEntry }) {
  const { t } = useLingui()
  const navigate = useNavigate()
  const { unit } = useSearch({ strict: false })
  const tops = topsOf(tree, useMe(), current.permission)
  const top = tops.find(({ id }) => unit !== undefined && tree.units.has(unit) && isWithin(tree, unit, id)) ?? tops[0]
  if (!top) return null
  if (tops.length === 1) {
    return (
      <div className={styles.scope}>
        <ScopeWords top={top} />
      </div>
    )
  }
  const choose = (id: Id) =>
    void navigate({ to: '/administration/$section', params: { section: current.id }, search: { unit: id } })
  return (
    <Menu
      trigger={
        <button type="button" className={styles.scope} aria-label={t`You administer: ${top.unit.name}`}>
          <ScopeWords top={top} />
          <ChevronsUpDown />
        </button>
      }
    >
      {tops.map(({ id, unit: { name } }) => (
        <MenuItem key={id} onClick={() => choose(id)}>
          {name}
        </MenuItem>
      ))}
    </Menu>
  )
}

function ScopeWords({ top: { unit } }: { top: UnitNode }) {
  return (
    <span className={styles.scopeWords}>
      <small>
        <Trans>You administer</Trans>
      </small>
      <strong>{unit.name}</strong>
      <small>
        {unit.parent === null ? <Trans>and all branches</Trans> : <Trans>and below</Trans>}
        {' · '}
        <Plural value={unit.people} one="# person" other="# people" />
      </small>
    </span>
  )
}
