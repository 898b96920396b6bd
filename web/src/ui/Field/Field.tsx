import { Field as Base } from '@base-ui/react/field'
import type { ComponentProps, ReactNode } from 'react'
import { classes } from '@/ui/classes'
import styles from './Field.module.css'

export interface FieldProps {
  label: ReactNode
  /** What to write, said before it goes wrong. */
  hint?: ReactNode
  /** What is wrong and how to mend it. */
  error?: ReactNode
  required?: boolean
  name?: string
  disabled?: boolean
  /** The control: Input, Textarea, Select, ... It is tied to the label, hint and error by itself. */
  children: ReactNode
  className?: string
}

export function Field({ label, hint, error, required, name, disabled, children, className }: FieldProps) {
  return (
    <Base.Root
      className={classes(styles.field, className)}
      name={name}
      disabled={disabled}
      invalid={error ? true : undefined}
    >
      <Base.Label className={styles.label}>
        {label}
        {required && (
          <span aria-hidden="true" className={styles.required}>
            *
          </span>
        )}
      </Base.Label>
      {children}
      {error && (
        <Base.Error className={styles.error} match>
          {error}
        </Base.Error>
      )}
      {hint && !error && <Base.Description className={styles.hint}>{hint}</Base.Description>}
    </Base.Root>
  )
}

/** The fields of a form, one below the other. */
export function FieldGroup(props: Pick<ComponentProps<'div'>, 'children' | 'onKeyDown'>) {
  return <div {...props} className={styles.group} />
}
