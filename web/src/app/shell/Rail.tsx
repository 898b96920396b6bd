import { Plural, useLingui } from '@lingui/react/macro'
import { Link } from '@tanstack/react-router'
import { useMe } from '@/core/session'
import { type RailEntry, rail } from '@/core/slots'
import { Badge } from '@/ui'
import styles from './Rail.module.css'

/** The places of the app. */
export function Rail() {
  const { t } = useLingui()
  const me = useMe()
  const mine = rail.entries.filter(({ isFor }) => !isFor || isFor(me))
  return (
    <nav className={styles.rail} aria-label={t`Main`}>
      {mine.map(entry => (
        <Entry key={entry.to} entry={entry} />
      ))}
    </nav>
  )
}

function Entry({ entry }: { entry: RailEntry }) {
  const { i18n } = useLingui()
  const { to, label, icon: Icon, useCount = none } = entry
  const count = useCount()
  return (
    <Link to={to} className={styles.entry} activeProps={{ 'data-current': true }}>
      <span className={styles.icon}>
        <Icon />
        <span aria-hidden="true">
          <Badge className={styles.badge} count={count} />
        </span>
      </span>
      {i18n._(label)}
      {count > 0 && (
        <span className={styles.spoken}>
          <Plural value={count} one="# unread" other="# unread" />
        </span>
      )}
    </Link>
  )
}

function none(): number {
  return 0
}
