import type { ReactNode } from 'react'
import { classes } from '@/ui/classes'
import styles from './Tag.module.css'

export interface TagProps {
  tone?: 'brand' | 'neutral' | 'warn' | 'danger' | 'ok'
  children: ReactNode
  className?: string
}

/** A word about a thing, beside its name: a branch, a role, a state. */
export function Tag({ tone = 'brand', children, className }: TagProps) {
  return <span className={classes(styles.tag, styles[tone], className)}>{children}</span>
}
