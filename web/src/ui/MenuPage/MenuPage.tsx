import { useRender } from '@base-ui/react/use-render'
import { ChevronLeft } from 'lucide-react'
import { type ReactElement, type ReactNode, useId } from 'react'
import { classes } from '@/ui/classes'
import styles from './MenuPage.module.css'

export interface MenuPageEntry {
  id: string
  icon: ReactNode
  label: ReactNode
  /** The link to it, without content: `<Link to="…" />`. */
  link: ReactElement
  /** Entries of one group stand together under its name, in the order of their first. */
  group?: string
}

export interface MenuPageProps {
  title: ReactNode
  /** Names the menu. */
  label: string
  entries: MenuPageEntry[]
  /** Stands above the entries: what all of them are about. */
  head?: ReactNode
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
  const { title, label, entries, head, current, chosen, back, actions, width = 'text', children } = props
  const entry = entries.find(({ id }) => id === current)
  const backLink = useRender({ render: back, props: { className: styles.back, children: <ChevronLeft /> } })
  return (
    <div className={classes(styles.page, chosen && styles.chosen)}>
      <nav className={styles.menu} aria-label={label}>
        <h1 className={styles.title}>{title}</h1>
        {head && <div className={styles.head}>{head}</div>}
        {groupsOf(entries).map(group => (
          <Group key={group.name} {...group} current={current} />
        ))}
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

interface GroupProps {
  name: string
  entries: MenuPageEntry[]
}

function Group({ name, entries, current }: GroupProps & { current: string }) {
  const id = useId()
  return (
    <>
      {name && (
        <h2 id={id} className={styles.group}>
          {name}
        </h2>
      )}
      <ul className={styles.list} aria-labelledby={name ? id : undefined}>
        {entries.map(each => (
          <li key={each.id}>
            <Entry {...each} current={each.id === current} />
          </li>
        ))}
      </ul>
    </>
  )
}

function groupsOf(entries: readonly MenuPageEntry[]): GroupProps[] {
  const names = [...new Set(entries.map(({ group = '' }) => group))]
  return names.map(name => ({ name, entries: entries.filter(({ group = '' }) => group === name) }))
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
