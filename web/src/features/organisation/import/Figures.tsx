import { Trans } from '@lingui/react/macro'
import type { ReactNode } from 'react'
import type { ImportOutcome } from '@/core/api'
import styles from './import.module.css'

/** How much an import brings, or brought. */
export function Figures({ outcome }: { outcome: ImportOutcome }) {
  return (
    <dl className={styles.figures}>
      <Figure value={outcome.units_added} label={<Trans>units added</Trans>} />
      <Figure value={outcome.units_changed} label={<Trans>units changed</Trans>} />
      <Figure value={outcome.people_added} label={<Trans>people added</Trans>} />
      <Figure value={outcome.people_changed} label={<Trans>people changed</Trans>} />
      <Figure value={outcome.people_unchanged} label={<Trans>people unchanged</Trans>} />
      <Figure value={outcome.bad_rows.length} label={<Trans>bad rows</Trans>} />
    </dl>
  )
}

function Figure({ value, label }: { value: number; label: ReactNode }) {
  return (
    <div className={styles.figure}>
      <dt>{label}</dt>
      <dd>{value}</dd>
    </div>
  )
}
