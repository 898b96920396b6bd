import { Radio } from '@base-ui/react/radio'
import { RadioGroup } from '@base-ui/react/radio-group'
import type { ReactNode } from 'react'
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

/** One of two to five, all in sight. */
export function Segmented<Value extends string>(props: SegmentedProps<Value>) {
  const { value, onValueChange, options, label, shape = 'box', className } = props
  return (
    <RadioGroup
      className={classes(styles[shape], className)}
      value={value}
      onValueChange={next => onValueChange(next as Value)}
      aria-label={label}
    >
      {options.map(option => (
        <Radio.Root key={option.value} className={styles.option} value={option.value}>
          {option.icon}
          {option.label}
        </Radio.Root>
      ))}
    </RadioGroup>
  )
}
