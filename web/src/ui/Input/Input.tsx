import { Input as Base } from '@base-ui/react/input'
import type { ComponentPropsWithRef, ReactNode } from 'react'
import { classes } from '@/ui/classes'
import styles from './Input.module.css'

export interface InputProps extends Omit<ComponentPropsWithRef<'input'>, 'size' | 'value' | 'defaultValue'> {
  value?: string
  defaultValue?: string
  onValueChange?: (value: string) => void
  size?: 'medium' | 'large'
  /** Shown inside, before the text. */
  icon?: ReactNode
  /** Shown inside, after the text: a clear button, a unit. */
  end?: ReactNode
}

export function Input({ size = 'medium', icon, end, className, onValueChange, ...rest }: InputProps) {
  return (
    <span className={classes(styles.box, styles[size], className)}>
      {icon}
      <Base {...rest} className={styles.input} onValueChange={value => onValueChange?.(value)} />
      {end}
    </span>
  )
}
