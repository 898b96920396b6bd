import { create } from 'zustand'
import { remember, remembered } from '@/ui/device-memory'

/** Whether this browser may show calls. `none`: it cannot, as over plain http; `default`: nobody was asked. */
export type Permission = NotificationPermission | 'none'

/** Who said "not now" is not asked again on this device. */
const stored = 'bilin.notifications'

interface Asking {
  permission: Permission
  isPutOff: boolean
}

export const permissionStore = create<Asking>()(() => ({
  permission: 'none',
  isPutOff: remembered(stored) !== null,
}))

/** Calls come through the service worker: they can be pressed when their page is gone, and stand once for all tabs. */
export async function followPermission(): Promise<void> {
  if (!('Notification' in window) || !('serviceWorker' in navigator)) return
  await navigator.serviceWorker.ready
  const look = () => permissionStore.setState({ permission: Notification.permission })
  look()
  const status = await navigator.permissions?.query({ name: 'notifications' }).catch(() => null)
  status?.addEventListener('change', look)
}

/** Asks by the browser's own question. */
export async function askPermission(): Promise<Permission> {
  const permission = await Notification.requestPermission()
  permissionStore.setState({ permission })
  return permission
}

export function putOff(): void {
  remember(stored, 'later')
  permissionStore.setState({ isPutOff: true })
}
