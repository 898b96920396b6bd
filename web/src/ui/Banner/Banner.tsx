import { CircleAlert, CircleCheck, Info, TriangleAlert } from 'lucide-react'
import type { ReactNode } from 'react'
import { classes } from '@/ui/classes'
import styles from './Banner.module.css'

export interface BannerProps {
  tone?: 'info' | 'ok' | 'warn' | 'danger'
  children: ReactNode
  /** A button at the end. */
  action?: ReactNode
  /** bar: across the page, slim. box: inside a page or form. */
  shape?: 'bar' | 'box'
  className?: string
}

const icons = { info: <Info />, ok: <CircleCheck />, warn: <TriangleAlert />, danger: <CircleAlert /> }

/** News that stays as long as it is true. */
export function Banner({ tone = 'info', children, action, shape = 'box', className }: BannerProps) {
  return (
    <div
      role={tone === 'danger' ? 'alert' : 'status'}
      className={classes(styles.banner, styles[tone], styles[shape], className)}
    >
      {icons[tone]}
      <div className={styles.text}>{children}</div>
      {action}
    </div>
  )
}
