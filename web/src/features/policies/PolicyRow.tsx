import { Plural, Trans } from '@lingui/react/macro'
import { CircleDot, CornerLeftUp, Lock, Settings2 } from 'lucide-react'
import type { PolicyView, Unit } from '@/core/api'
import type { OrgTree } from '@/features/contacts'
import { classes } from '@/ui'
import { moveBetweenRows } from './between-rows'
import styles from './policies.module.css'
import { usePolicyText } from './usePolicyText'

export interface PolicyRowProps {
  tree: OrgTree
  unit: Unit
  policy: PolicyView
  selected: boolean
  onSelect: () => void
}

/** One policy: what it does, its value, and where the value comes from. */
export function PolicyRow({ tree, unit, policy, selected, onSelect }: PolicyRowProps) {
  const text = usePolicyText()
  const isOwn = policy.said?.unit === unit.id
  return (
    <button
      type="button"
      data-row
      onKeyDown={moveBetweenRows}
      className={classes(styles.row, selected && styles.selected)}
      aria-pressed={selected}
      onClick={onSelect}
    >
      <span className={styles.what}>
        <span>{text.name(policy)}</span>
        <small>{text.hint(policy)}</small>
      </span>
      <span className={classes(styles.value, isOwn && styles.own)}>
        {text.value(policy, policy.value)}
        {policy.special.length > 0 && (
          <small>
            <Plural value={policy.special.length} one="and # exception" other="and # exceptions" />
          </small>
        )}
      </span>
      <Source tree={tree} unit={unit} policy={policy} />
    </button>
  )
}

function Source({ tree, unit, policy }: Pick<PolicyRowProps, 'tree' | 'unit' | 'policy'>) {
  if (policy.locked_by !== null) {
    const name = tree.units.get(policy.locked_by)?.name ?? ''
    return (
      <span className={classes(styles.source, styles.locked)}>
        <Lock />
        <span>
          <Trans>Fixed by {name}</Trans>
        </span>
      </span>
    )
  }
  if (policy.said === null) {
    return (
      <span className={styles.source}>
        <Settings2 />
        <span>
          <Trans>Nobody set it</Trans>
        </span>
      </span>
    )
  }
  if (policy.said.unit === unit.id) {
    return (
      <span className={classes(styles.source, styles.here)}>
        <CircleDot />
        <span>
          <Trans>Set here</Trans>
        </span>
      </span>
    )
  }
  const name = tree.units.get(policy.said.unit)?.name ?? ''
  return (
    <span className={styles.source}>
      <CornerLeftUp />
      <span>
        <Trans>From {name}</Trans>
      </span>
    </span>
  )
}
