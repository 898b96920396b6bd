import { classes } from '@/ui/classes'
import styles from './Skeleton.module.css'

export interface SkeletonProps {
  /** CSS lengths; give the size of what will stand here. */
  width?: number | string
  height?: number | string
  shape?: 'line' | 'circle' | 'box'
  className?: string
}

/** The place of something that is being fetched. Put it inside Delayed, so that quick answers never flash. */
export function Skeleton({ width = '100%', height = 12, shape = 'line', className }: SkeletonProps) {
  return (
    <span aria-hidden="true" className={classes(styles.skeleton, styles[shape], className)} style={{ width, height }} />
  )
}
