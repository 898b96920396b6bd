import { Field } from '@base-ui/react/field'
import type { ComponentPropsWithRef } from 'react'
import { classes } from '@/ui/classes'
import styles from './Input.module.css'

export interface TextareaProps extends Omit<ComponentPropsWithRef<'textarea'>, 'value' | 'defaultValue'> {
  value?: string
  defaultValue?: string
  onValueChange?: (value: string) => void
}

/** Several lines of plain text; grows with what is written. */
export function Textarea({ className, onValueChange, value, defaultValue, rows = 3, ...rest }: TextareaProps) {
  return (
    <Field.Control
      value={value}
      defaultValue={defaultValue}
      onValueChange={next => onValueChange?.(String(next))}
      render={<textarea rows={rows} {...rest} className={classes(styles.box, styles.textarea, className)} />}
    />
  )
}
