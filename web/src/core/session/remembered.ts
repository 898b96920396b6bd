import type { Me } from '../api/types.ts'

/** Who was signed in last in this browser, so that a start without network shows their last known state. */
const stored = 'bilin.me'

export function rememberMe(me: Me): void {
  write(() => localStorage.setItem(stored, JSON.stringify(me)))
}

export function forgetMe(): void {
  write(() => localStorage.removeItem(stored))
}

export function rememberedMe(): Me | null {
  try {
    return JSON.parse(localStorage.getItem(stored) ?? 'null') as Me | null
  } catch {
    return null
  }
}

/** Storage may be full or forbidden; then nothing is remembered. */
function write(change: () => void): void {
  try {
    change()
  } catch (cause) {
    console.warn('Could not use local storage', cause)
  }
}
