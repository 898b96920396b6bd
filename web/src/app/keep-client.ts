import { afterFirstPicture } from './first-picture'

/** After the first picture and what it asks for: what is kept for later must not slow down what is wanted now. */
const afterMs = 4_000

/**
 * Has the service worker keep the client in this browser, so that it opens without network, too. Browsers have none over plain http, but
 * for the machine itself; then the client is there as long as its page.
 */
export function keepClient(): void {
  if (!import.meta.env.PROD || !('serviceWorker' in navigator)) return
  const register = () =>
    void navigator.serviceWorker
      .register('/service-worker.js')
      .catch(cause => console.warn('The client is not kept for a start without network', cause))
  const later = () =>
    setTimeout(() => ('requestIdleCallback' in window ? requestIdleCallback(register) : register()), afterMs)
  afterFirstPicture(later)
}

/** Somebody pressed a call: the service worker says where it leads. */
export function followCalls(goTo: (path: string) => void): void {
  navigator.serviceWorker?.addEventListener('message', ({ data }: MessageEvent<{ goTo?: string }>) => {
    if (data.goTo) goTo(data.goTo)
  })
}

/** The server has another version: fetches the client that belongs to it. */
export async function renewClient(): Promise<void> {
  const registration = await navigator.serviceWorker?.getRegistration()
  await registration?.update().catch(() => undefined) // the next page asks again
}
