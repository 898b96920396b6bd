import { Tabs as Base } from '@base-ui/react/tabs'
import type { ReactNode } from 'react'
import { classes } from '@/ui/classes'
import styles from './Tabs.module.css'

export interface TabsProps<Value extends string> {
  value: Value
  onValueChange: (value: Value) => void
  tabs: { value: Value; label: ReactNode; count?: number }[]
  /** Names the row of tabs. */
  label: string
  /** TabPanel elements, or one panel that shows by value. */
  children?: ReactNode
  className?: string
}

/** Views of one thing, one at a time. */
export function Tabs<Value extends string>(props: TabsProps<Value>) {
  const { value, onValueChange, tabs, label, children, className } = props
  return (
    <Base.Root
      className={classes(styles.root, className)}
      value={value}
      onValueChange={next => onValueChange(next as Value)}
    >
      <Base.List className={styles.list} aria-label={label} activateOnFocus>
        {tabs.map(tab => (
          <Base.Tab key={tab.value} className={styles.tab} value={tab.value}>
            {tab.label}
            {tab.count !== undefined && <span className={styles.count}>{tab.count}</span>}
          </Base.Tab>
        ))}
        <Base.Indicator className={styles.indicator} />
      </Base.List>
      {children}
    </Base.Root>
  )
}

export function TabPanel({ value, children, className }: { value: string; children: ReactNode; className?: string }) {
  return (
    <Base.Panel className={classes(styles.panel, className)} value={value}>
      {children}
    </Base.Panel>
  )
}
