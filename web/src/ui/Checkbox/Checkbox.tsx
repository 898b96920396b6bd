import { Checkbox as Base } from '@base-ui/react/checkbox'
import { Check, Minus } from 'lucide-react'
import type { ReactNode } from 'react'
import styles from './Checkbox.module.css'

export interface CheckboxProps {
  checked: boolean
  onCheckedChange: (checked: boolean) => void
  label?: ReactNode
  /** Some of what it stands for is chosen. */
  indeterminate?: boolean
  disabled?: boolean
  'aria-label'?: string
}

export function Checkbox({ checked, onCheckedChange, label, indeterminate, disabled, ...rest }: CheckboxProps) {
  const control = (
    <Base.Root
      className={styles.box}
      checked={checked}
      onCheckedChange={next => onCheckedChange(next)}
      indeterminate={indeterminate}
      disabled={disabled}
      aria-label={rest['aria-label']}
    >
      <Base.Indicator className={styles.mark}>{indeterminate ? <Minus /> : <Check />}</Base.Indicator>
    </Base.Root>
  )
  if (!label) return control
  return (
    // biome-ignore lint/a11y/noLabelWithoutControl: the control is inside, made by Base UI
    <label className={styles.row}>
      {control}
      <span>{label}</span>
    </label>
  )
}
