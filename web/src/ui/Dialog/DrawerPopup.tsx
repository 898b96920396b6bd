import { Dialog as Base } from '@base-ui/react/dialog'
import { X } from 'lucide-react'
import { classes } from '@/ui/classes'
import { IconButton } from '@/ui/IconButton/IconButton'
import styles from './Dialog.module.css'
import type { DrawerProps } from './Drawer'

export function DrawerPopup(props: DrawerProps) {
  const { open, onOpenChange, title, children, footer, side = 'right', closeLabel } = props
  return (
    <Base.Root open={open} onOpenChange={next => onOpenChange(next)}>
      <Base.Portal>
        <Base.Backdrop className={styles.backdrop} />
        <Base.Popup data-modal className={classes(styles.drawer, styles[side])}>
          <header className={styles.drawerHeader}>
            <Base.Title className={styles.title}>{title}</Base.Title>
            <Base.Close render={<IconButton icon={<X />} label={closeLabel} />} />
          </header>
          <div className={styles.drawerBody}>{children}</div>
          {footer && <footer className={styles.footer}>{footer}</footer>}
        </Base.Popup>
      </Base.Portal>
    </Base.Root>
  )
}
