/**
 * Small things that this device remembers (a language, a width). A browser may forbid it or have no room: then they are
 * forgotten, and nothing else fails for it.
 */
export function remembered(name: string): string | null {
  try {
    return localStorage.getItem(name)
  } catch {
    return null
  }
}

export function remember(name: string, value: string): void {
  try {
    localStorage.setItem(name, value)
  } catch (cause) {
    console.warn(`This device could not remember ${name}`, cause)
  }
}

export function forget(name: string): void {
  try {
    localStorage.removeItem(name)
  } catch (cause) {
    console.warn(`This device could not forget ${name}`, cause)
  }
}
