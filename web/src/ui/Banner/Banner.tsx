import { CircleAlert, CircleCheck, Info, TriangleAlert } from 'lucide-react'
import type { ReactNode } from 'react'
import { classes } from '@/ui/classes'
import styles from './Banner.module.css'

export interface BannerProps {
  /** neutral: to be known, and nothing to be done. */
  tone?: 'neutral' | 'info' | 'ok' | 'warn' | 'danger'
  children: ReactNode
  /** A button at the end. */
  action?: ReactNode
  /** bar: across the page, slim. box: inside a page or form. */
  shape?: 'bar' | 'box'
  className?: string
}

const icons = {
  neutral: <Info />,
  info: <Info />,
  ok: <CircleCheck />,
  warn: <TriangleAlert />,
  danger: <CircleAlert />,
}

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
