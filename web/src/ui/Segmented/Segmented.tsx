import { type ReactNode, useId } from 'react'
import { classes } from '@/ui/classes'
import styles from './Segmented.module.css'

export interface SegmentedProps<Value extends string> {
  value: Value
  onValueChange: (value: Value) => void
  options: { value: Value; label: ReactNode; icon?: ReactNode }[]
  /** Names the choice. */
  label: string
  /** box: a setting. pills: a filter above a list. */
  shape?: 'box' | 'pills'
  className?: string
}

/** One of two to five, all in sight. Radio buttons of the browser: the arrow keys go from one to the next. */
export function Segmented<Value extends string>(props: SegmentedProps<Value>) {
  const { value, onValueChange, options, label, shape = 'box', className } = props
  const name = useId()
  return (
    <div role="radiogroup" className={classes(styles[shape], className)} aria-label={label}>
      {options.map(option => (
        <label key={option.value} className={styles.option}>
          <input
            type="radio"
            name={name}
            value={option.value}
            checked={option.value === value}
            onChange={() => onValueChange(option.value)}
          />
          {option.icon}
          {option.label}
        </label>
      ))}
    </div>
  )
}
