import { Select as Base } from '@base-ui/react/select'
import { Check, ChevronDown } from 'lucide-react'
import { classes } from '@/ui/classes'
import popup from '@/ui/popup.module.css'
import styles from './Select.module.css'

export interface SelectProps<Value extends string> {
  value: Value | null
  onValueChange: (value: Value) => void
  options: { value: Value; label: string; disabled?: boolean }[]
  placeholder?: string
  disabled?: boolean
  size?: 'medium' | 'large'
  name?: string
  /** Where it is not inside a Field. */
  'aria-label'?: string
  className?: string
}

/** One of a known few. For many, use a search. */
export function Select<Value extends string>(props: SelectProps<Value>) {
  const { value, onValueChange, options, placeholder, disabled, size = 'medium', name, className } = props
  return (
    <Base.Root
      items={options}
      value={value}
      onValueChange={next => next !== null && onValueChange(next)}
      disabled={disabled}
      name={name}
    >
      <Base.Trigger className={classes(styles.trigger, styles[size], className)} aria-label={props['aria-label']}>
        <Base.Value className={styles.value} placeholder={placeholder} />
        <Base.Icon className={styles.icon} render={<ChevronDown />} />
      </Base.Trigger>
      <Base.Portal>
        <Base.Positioner className={popup.positioner} sideOffset={4} collisionPadding={8} alignItemWithTrigger={false}>
          <Base.Popup className={classes(popup.surface, popup.list)}>
            {options.map(option => (
              <Base.Item key={option.value} className={popup.item} value={option.value} disabled={option.disabled}>
                <Base.ItemText className={popup.text}>{option.label}</Base.ItemText>
                <Base.ItemIndicator render={<Check className={popup.check} />} />
              </Base.Item>
            ))}
          </Base.Popup>
        </Base.Positioner>
      </Base.Portal>
    </Base.Root>
  )
}
