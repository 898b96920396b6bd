import type { ReactNode } from 'react'
import styles from './Empty.module.css'

export interface EmptyProps {
  /** A line icon of what would be here. */
  icon?: ReactNode
  title: ReactNode
  hint?: ReactNode
  /** The one thing to do about it. */
  action?: ReactNode
}

/** Nothing here, said kindly: one line, one action. */
export function Empty({ icon, title, hint, action }: EmptyProps) {
  return (
    <div className={styles.empty}>
      {icon && <div className={styles.picture}>{icon}</div>}
      <p className={styles.title}>{title}</p>
      {hint && <p className={styles.hint}>{hint}</p>}
      {action && <div className={styles.action}>{action}</div>}
    </div>
  )
}
