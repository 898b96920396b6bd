import type { ReactNode } from 'react'
import styles from './Dialog.module.css'

/** The buttons of a form in a dialog, the main one last: inside the form, so that Enter sends it. */
export function FormButtons({ children }: { children: ReactNode }) {
  return <div className={styles.formButtons}>{children}</div>
}
