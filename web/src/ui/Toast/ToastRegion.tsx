import { Toast } from '@base-ui/react/toast'
import { CircleAlert, CircleCheck, Info, X } from 'lucide-react'
import { useEffect } from 'react'
import { classes } from '@/ui/classes'
import styles from './Toast.module.css'
import { setToastPlace, type ToastOptions } from './toasts'

const icons = { info: <Info />, ok: <CircleCheck />, danger: <CircleAlert /> }
const manager = Toast.createToastManager()

/** Once in the app: where toasts appear. */
export function ToastRegion({ label, closeLabel }: { label: string; closeLabel: string }) {
  useEffect(() => setToastPlace({ show, close: id => manager.close(id) }), [])
  return (
    <Toast.Provider toastManager={manager} limit={3}>
      <Toast.Portal>
        <Toast.Viewport className={styles.viewport} aria-label={label}>
          <Toasts closeLabel={closeLabel} />
        </Toast.Viewport>
      </Toast.Portal>
    </Toast.Provider>
  )
}

function show(id: string, { tone = 'info', action, title, description, timeout }: ToastOptions): void {
  manager.add({
    id,
    title,
    description,
    type: tone,
    timeout: timeout ?? (action ? 10_000 : 5_000),
    priority: tone === 'danger' ? 'high' : 'low',
    actionProps: action && { children: action.label, onClick: action.onClick },
  })
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
