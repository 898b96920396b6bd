import { type ReactNode, useId } from 'react'
import styles from './settings.module.css'

/** One thing to choose: words at the start, the control at the end or below. */
export function Setting({ title, hint, children }: { title: ReactNode; hint?: ReactNode; children: ReactNode }) {
  return (
    <div className={styles.setting}>
      <div>
        <p className={styles.settingTitle}>{title}</p>
        {hint && <p className={styles.settingHint}>{hint}</p>}
      </div>
      <div className={styles.control}>{children}</div>
    </div>
  )
}

/** Settings that belong together. */
export function SettingGroup({ title, children }: { title: ReactNode; children: ReactNode }) {
  const id = useId()
  return (
    <section aria-labelledby={id} className={styles.group}>
      <h3 id={id} className={styles.groupTitle}>
        {title}
      </h3>
      {children}
    </section>
  )
}
