import { create } from 'zustand'

/** What the reader has read and closed, by name; kept as long as the tab lives. */
const stored = 'bilin.sites.dismissed'

export const dismissedStore = create<{ names: ReadonlySet<string> }>()(() => ({ names: new Set(restore()) }))

export function dismiss(names: readonly string[]): void {
  const next = new Set([...dismissedStore.getState().names, ...names])
  dismissedStore.setState({ names: next })
  try {
    sessionStorage.setItem(stored, JSON.stringify([...next]))
  } catch {
    // Without storage it is said again after a reload.
  }
}

function restore(): string[] {
  try {
    const names: unknown = JSON.parse(sessionStorage.getItem(stored) ?? '[]')
    return Array.isArray(names) ? names.filter(name => typeof name === 'string') : []
  } catch {
    return []
  }
}
