import { Toast } from '@base-ui/react/toast'
import { CircleAlert, CircleCheck, Info, X } from 'lucide-react'
import { classes } from '@/ui/classes'
import styles from './Toast.module.css'
import { toastQueue } from './toasts'

const icons = { info: <Info />, ok: <CircleCheck />, danger: <CircleAlert /> }

/** Once in the app: where toasts appear. */
export function ToastRegion({ closeLabel }: { closeLabel: string }) {
  return (
    <Toast.Provider toastManager={toastQueue} limit={3}>
      <Toast.Portal>
        <Toast.Viewport className={styles.viewport}>
          <Toasts closeLabel={closeLabel} />
        </Toast.Viewport>
      </Toast.Portal>
    </Toast.Provider>
  )
}

function Toasts({ closeLabel }: { closeLabel: string }) {
  const { toasts } = Toast.useToastManager()
  return toasts.map(toast => {
    const tone = toast.type === 'ok' || toast.type === 'danger' ? toast.type : 'info'
    return (
      <Toast.Root key={toast.id} toast={toast} className={classes(styles.toast, styles[tone])} swipeDirection="up">
        {icons[tone]}
        <Toast.Content className={styles.content}>
          <Toast.Title className={styles.title} />
          <Toast.Description className={styles.description} />
        </Toast.Content>
        <Toast.Action className={styles.action} />
        <Toast.Close className={styles.close} aria-label={closeLabel}>
          <X />
        </Toast.Close>
      </Toast.Root>
    )
  })
}
