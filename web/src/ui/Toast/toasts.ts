export interface ToastOptions {
  /** Given again, it replaces the one shown. */
  id?: string
  title: string
  description?: string
  tone?: 'info' | 'ok' | 'danger'
  action?: { label: string; onClick: () => void }
  /** ms until it goes; 0 stays until closed. Without it, 5 s, or 10 s when there is something to do. */
  timeout?: number
}

/** Where toasts are shown. */
export interface ToastPlace {
  show: (id: string, options: ToastOptions) => void
  close: (id: string) => void
}

let place: ToastPlace | null = null
let waiting: (() => void)[] = []
let made = 0

/** Short news at the edge of the screen, from anywhere. What must not be missed belongs in a Banner or Dialog. */
export const toasts = {
  /** Returns the id to close it by. */
  show(options: ToastOptions): string {
    made += 1
    const id = options.id ?? `toast-${made}`
    whenThere(() => place?.show(id, options))
    return id
  },
  close(id: string): void {
    whenThere(() => place?.close(id))
  },
}

/** Tells where to show toasts; those from before come now. Returns the way to take it back. */
export function setToastPlace(next: ToastPlace): () => void {
  place = next
  const before = waiting
  waiting = []
  for (const act of before) act()
  return () => {
    if (place === next) place = null
  }
}

function whenThere(act: () => void): void {
  if (place) act()
  else waiting.push(act)
}
