import type { ReactNode } from 'react'
import { classes } from '@/ui'
import styles from './Gallery.module.css'

/** A card of the gallery. */
export function Section({ title, wide, children }: { title: string; wide?: boolean; children: ReactNode }) {
  return (
    <section className={classes(styles.section, wide && styles.wide)}>
      <h2>{title}</h2>
      {children}
    </section>
  )
}

/** One line of a card: a name and the states beside it. */
export function Row({ name, children }: { name: string; children: ReactNode }) {
  return (
    <div className={styles.row}>
      {/* the component's name in the code, in whatever language the page is */}
      <code className={styles.name} lang="en">
        {name}
      </code>
      <div className={styles.states}>{children}</div>
    </div>
  )
}
