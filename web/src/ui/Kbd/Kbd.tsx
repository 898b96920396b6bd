import { classes } from '@/ui/classes'
import styles from './Kbd.module.css'

/** Keys to press, given as `Ctrl+Shift+K`. `inverse` on dark hints. */
export function Kbd({ keys, inverse }: { keys: string; inverse?: boolean }) {
  return <kbd className={classes(styles.kbd, inverse && styles.inverse)}>{keys.replaceAll('+', ' ')}</kbd>
}
