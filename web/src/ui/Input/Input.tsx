import { Input as Base } from '@base-ui/react/input'
import { type ComponentPropsWithRef, type ReactNode, useCallback, useRef } from 'react'
import { attachRef } from '@/ui/attach-ref'
import { classes } from '@/ui/classes'
import { useTakesFocus } from '@/ui/keys/useTakesFocus'
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

export function Input({ size = 'medium', icon, end, className, onValueChange, autoFocus, ref, ...rest }: InputProps) {
  const own = useRef<HTMLInputElement>(null)
  const both = useCallback((element: HTMLInputElement | null) => attachRef(own, ref, element), [ref])
  useTakesFocus(own, autoFocus ?? false)
  return (
    <span className={classes(styles.box, styles[size], className)}>
      {icon}
      <Base {...rest} ref={both} className={styles.input} onValueChange={value => onValueChange?.(value)} />
      {end}
    </span>
  )
}
