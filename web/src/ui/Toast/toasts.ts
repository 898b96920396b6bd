import { Toast } from '@base-ui/react/toast'

export interface ToastOptions {
  /** Given again, it replaces the one shown. */
  id?: string
  title: string
  description?: string
  tone?: 'info' | 'ok' | 'danger'
  action?: { label: string; onClick: () => void }
  /** ms until it goes; 0 stays until closed. */
  timeout?: number
}

export const toastQueue = Toast.createToastManager()

/** Short news at the edge of the screen, from anywhere. What must not be missed belongs in a Banner or Dialog. */
export const toasts = {
  show({ tone = 'info', action, timeout = 5000, ...rest }: ToastOptions): string {
    return toastQueue.add({
      ...rest,
      type: tone,
      timeout: action && timeout === 5000 ? 10_000 : timeout,
      priority: tone === 'danger' ? 'high' : 'low',
      actionProps: action && { children: action.label, onClick: action.onClick },
    })
  },
  close(id: string): void {
    toastQueue.close(id)
  },
}
