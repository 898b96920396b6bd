import { Dialog as Base } from '@base-ui/react/dialog'
import { X } from 'lucide-react'
import { classes } from '@/ui/classes'
import { IconButton } from '@/ui/IconButton/IconButton'
import { useFirstFocus } from '@/ui/overlay/useFirstFocus'
import type { DialogProps } from './Dialog'
import styles from './Dialog.module.css'

export function DialogPopup(props: DialogProps) {
  const { open, onOpenChange, size = 'medium', initialFocus, ...content } = props
  const first = useFirstFocus(initialFocus)
  return (
    <Base.Root open={open} onOpenChange={next => onOpenChange(next)}>
      <Base.Portal>
        <Base.Backdrop className={styles.backdrop} />
        <Base.Viewport className={styles.viewport}>
          <Base.Popup
            data-modal
            className={classes(styles.popup, styles[size])}
            ref={first.popup}
            initialFocus={first.initialFocus}
          >
            <DialogContent {...content} />
          </Base.Popup>
        </Base.Viewport>
      </Base.Portal>
    </Base.Root>
  )
}

type ContentProps = Pick<DialogProps, 'title' | 'description' | 'children' | 'footer' | 'closeLabel'>

function DialogContent({ title, description, children, footer, closeLabel }: ContentProps) {
  return (
    <>
      <header className={styles.header}>
        <Base.Title className={styles.title}>{title}</Base.Title>
      </header>
      {description && <Base.Description className={styles.description}>{description}</Base.Description>}
      {children && <div className={styles.body}>{children}</div>}
      {footer && <footer className={styles.footer}>{footer}</footer>}
      {/* Last, so that focus goes to the first field; it stands in the upper corner all the same. */}
      <Base.Close className={styles.close} render={<IconButton icon={<X />} label={closeLabel} />} />
    </>
  )
}
