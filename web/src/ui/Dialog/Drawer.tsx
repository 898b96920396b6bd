import { Dialog as Base } from '@base-ui/react/dialog'
import { X } from 'lucide-react'
import type { ReactElement, ReactNode } from 'react'
import { classes } from '@/ui/classes'
import { IconButton } from '@/ui/IconButton/IconButton'
import styles from './Dialog.module.css'

export interface DrawerProps {
  open?: boolean
  onOpenChange?: (open: boolean) => void
  trigger?: ReactElement
  title: ReactNode
  children: ReactNode
  footer?: ReactNode
  side?: 'right' | 'left' | 'bottom'
  closeLabel: string
}

/** A panel that slides over the page from an edge: details on narrow screens, a sheet of choices on phones. */
export function Drawer(props: DrawerProps) {
  const { open, onOpenChange, trigger, title, children, footer, side = 'right', closeLabel } = props
  return (
    <Base.Root open={open} onOpenChange={next => onOpenChange?.(next)}>
      {trigger && <Base.Trigger render={trigger} />}
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
