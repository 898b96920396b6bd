import { Progress as Base } from '@base-ui/react/progress'
import styles from './Progress.module.css'

export interface ProgressProps {
  /** 0 to 1; null when it is not known how far it is. */
  value: number | null
  /** Names it for screen readers. */
  label: string
}

export function Progress({ value, label }: ProgressProps) {
  return (
    <Base.Root className={styles.root} value={value === null ? null : value * 100} aria-label={label}>
      <Base.Track className={styles.track}>
        <Base.Indicator className={styles.indicator} />
      </Base.Track>
    </Base.Root>
  )
}
