import { classes } from '@/ui/classes'
import styles from './Badge.module.css'

export interface BadgeProps {
  /** Nothing is shown for 0. */
  count: number
  max?: number
  /** Grey: counted, but not calling. */
  muted?: boolean
  /** What is counted, in words, as "3 unread". */
  label?: string
  className?: string
}

export function Badge({ count, max = 99, muted, label, className }: BadgeProps) {
  if (count <= 0) return null
  return (
    <span className={classes(styles.badge, muted && styles.muted, className)}>
      <span aria-hidden={label ? true : undefined}>{count > max ? `${max}+` : count}</span>
      {label && <span className={styles.hidden}>{label}</span>}
    </span>
  )
}
