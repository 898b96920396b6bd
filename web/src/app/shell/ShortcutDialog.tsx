import { useLingui } from '@lingui/react/macro'
import { shownKeys, useShortcutList, useShortcutSheet } from '@/core/keys'
import { Dialog, Kbd } from '@/ui'
import { grouped } from './group-shortcuts'
import styles from './ShortcutSheet.module.css'

/** All keys that work on this page. */
export function ShortcutDialog() {
  const { t } = useLingui()
  const open = useShortcutSheet(state => state.open)
  return (
    <Dialog
      open={open}
      onOpenChange={next => useShortcutSheet.setState({ open: next })}
      size="large"
      title={t`Keyboard shortcuts`}
      closeLabel={t`Close`}
    >
      <Sheet />
    </Dialog>
  )
}

function Sheet() {
  const { t } = useLingui()
  const list = useShortcutList()
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keys
    <section className={styles.sheet} aria-label={t`Keyboard shortcuts`} tabIndex={0}>
      {grouped(list).map(([group, actions]) => (
        <section key={group}>
          <h3 className={styles.group}>{group}</h3>
          <dl className={styles.list}>
            {actions.map(([label, keys]) => (
              <div key={label} className={styles.row}>
                <dt>{label}</dt>
                <dd className={styles.keys}>
                  {keys.map(key => (
                    <Kbd key={key} keys={shownKeys(key)} />
                  ))}
                </dd>
              </div>
            ))}
          </dl>
        </section>
      ))}
    </section>
  )
}
