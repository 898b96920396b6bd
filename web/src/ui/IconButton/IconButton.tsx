import type { ComponentPropsWithRef, ReactNode } from 'react'
import { classes } from '@/ui/classes'
import { hintAttributes } from '@/ui/Tooltip/Tooltip'
import styles from './IconButton.module.css'

export interface IconButtonProps extends Omit<ComponentPropsWithRef<'button'>, 'children'> {
  icon: ReactNode
  /** What it does, in words: its name for screen readers and its hint. */
  label: string
  shortcut?: string
  size?: 'small' | 'medium' | 'large'
  /** For a button that stays down. */
  pressed?: boolean
  tooltipSide?: 'top' | 'bottom' | 'left' | 'right'
  danger?: boolean
}

export function IconButton(props: IconButtonProps) {
  const { icon, label, shortcut, size = 'medium', pressed, tooltipSide, danger, className, ...rest } = props
  return (
    <button
      type="button"
      aria-label={label}
      aria-pressed={pressed}
      {...hintAttributes({ content: label, shortcut, side: tooltipSide })}
      {...rest}
      className={classes(styles.button, styles[size], danger && styles.danger, className)}
    >
      {icon}
    </button>
  )
}
