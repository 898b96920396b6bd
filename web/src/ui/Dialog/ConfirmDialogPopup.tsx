import { AlertDialog as Base } from '@base-ui/react/alert-dialog'
import { Button } from '@/ui/Button/Button'
import { classes } from '@/ui/classes'
import { useFirstFocus } from '@/ui/overlay/useFirstFocus'
import type { ConfirmDialogProps } from './ConfirmDialog'
import styles from './Dialog.module.css'

export function ConfirmDialogPopup(props: ConfirmDialogProps) {
  const { open, onOpenChange, title, description, confirmLabel, cancelLabel, danger, busy, onConfirm } = props
  const first = useFirstFocus()
  return (
    <Base.Root open={open} onOpenChange={next => onOpenChange(next)}>
      <Base.Portal>
        <Base.Backdrop className={styles.backdrop} />
        <Base.Viewport className={styles.viewport}>
          <Base.Popup
            className={classes(styles.popup, styles.small)}
            ref={first.popup}
            initialFocus={first.initialFocus}
          >
            <header className={styles.header}>
              <Base.Title className={styles.title}>{title}</Base.Title>
            </header>
            <Base.Description className={styles.description}>{description}</Base.Description>
            <footer className={styles.footer}>
              <Base.Close render={<Button>{cancelLabel}</Button>} />
              <Button variant={danger ? 'danger' : 'primary'} busy={busy} onClick={onConfirm}>
                {confirmLabel}
              </Button>
            </footer>
          </Base.Popup>
        </Base.Viewport>
      </Base.Portal>
    </Base.Root>
  )
}
