import { Switch as Base } from '@base-ui/react/switch'
import type { ReactNode } from 'react'
import styles from './Switch.module.css'

export interface SwitchProps {
  checked: boolean
  onCheckedChange: (checked: boolean) => void
  /** Beside it; without one, give an aria-label or put it in a Field. */
  label?: ReactNode
  disabled?: boolean
  'aria-label'?: string
}

/** On or off, at once. With a label it is a row: words at the start, switch at the end. */
export function Switch({ label, checked, onCheckedChange, disabled, ...rest }: SwitchProps) {
  const control = (
    <Base.Root
      className={styles.switch}
      checked={checked}
      onCheckedChange={next => onCheckedChange(next)}
      disabled={disabled}
      aria-label={rest['aria-label']}
    >
      <Base.Thumb className={styles.thumb} />
    </Base.Root>
  )
  if (!label) return control
  return (
    // biome-ignore lint/a11y/noLabelWithoutControl: the control is inside, made by Base UI
    <label className={styles.row}>
      <span>{label}</span>
      {control}
    </label>
  )
}
