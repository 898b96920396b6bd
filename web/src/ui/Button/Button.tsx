import type { ComponentPropsWithRef, ReactNode } from 'react'
import { classes } from '@/ui/classes'
import styles from './Button.module.css'

export interface ButtonProps extends ComponentPropsWithRef<'button'> {
  /** primary: the one thing to do here. secondary: other choices. ghost: in bars and lists. danger: destroys something. */
  variant?: 'primary' | 'secondary' | 'ghost' | 'danger' | 'danger-outline'
  size?: 'small' | 'medium' | 'large'
  icon?: ReactNode
  /** The work it started is running: it stays focusable, looks waiting and does nothing. */
  busy?: boolean
  /** As wide as what it stands in. */
  wide?: boolean
}

export function Button(props: ButtonProps) {
  const { variant = 'secondary', size = 'medium', icon, busy, wide, className, children, onClick, ...rest } = props
  return (
    <button
      type="button"
      {...rest}
      className={classes(styles.button, styles[variant], styles[size], wide && styles.wide, className)}
      aria-busy={busy || undefined}
      aria-disabled={busy || rest['aria-disabled']}
      onClick={busy ? event => event.preventDefault() : onClick}
    >
      {icon}
      {children}
    </button>
  )
}
