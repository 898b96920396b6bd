import { useRender } from '@base-ui/react/use-render'
import { ChevronLeft } from 'lucide-react'
import type { ReactElement, ReactNode } from 'react'
import { classes } from '@/ui/classes'
import styles from './MenuPage.module.css'

export interface MenuPageEntry {
  id: string
  icon: ReactNode
  label: ReactNode
  /** The link to it, without content: `<Link to="…" />`. */
  link: ReactElement
}

export interface MenuPageProps {
  title: ReactNode
  /** Names the menu. */
  label: string
  entries: MenuPageEntry[]
  /** The part that is shown. On a narrow screen the menu is shown alone while `chosen` is false. */
  current: string
  chosen: boolean
  /** Leads from a part back to the menu on narrow screens, without content: `<Link to="…" aria-label="…" />`. */
  back: ReactElement
  /** What stands at the end of the header of the part. */
  actions?: ReactNode
  /** wide: tables. text: forms and words. */
  width?: 'wide' | 'text'
  children: ReactNode
}

/** A page of several parts with a menu at the left: settings, administration. */
export function MenuPage(props: MenuPageProps) {
  const { title, label, entries, current, chosen, back, actions, width = 'text', children } = props
  const entry = entries.find(({ id }) => id === current)
  const backLink = useRender({ render: back, props: { className: styles.back, children: <ChevronLeft /> } })
  return (
    <div className={classes(styles.page, chosen && styles.chosen)}>
      <nav className={styles.menu} aria-label={label}>
        <h1 className={styles.title}>{title}</h1>
        <ul className={styles.list}>
          {entries.map(each => (
            <li key={each.id}>
              <Entry {...each} current={each.id === current} />
            </li>
          ))}
        </ul>
      </nav>
      <section className={styles.part}>
        <header className={styles.header}>
          {backLink}
          <h2 className={styles.heading}>{entry?.label}</h2>
          {actions}
        </header>
        <div className={styles.scroller}>
          <div className={classes(styles.content, styles[width])}>{children}</div>
        </div>
      </section>
    </div>
  )
}

function Entry({ icon, label, link, current }: MenuPageEntry & { current: boolean }) {
  const children = (
    <>
      {icon}
      <span>{label}</span>
    </>
  )
  const props = { className: classes(styles.entry, current && styles.current), children }
  return useRender({ render: link, props: current ? { ...props, 'aria-current': 'page' as const } : props })
}
