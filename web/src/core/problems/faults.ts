import { create } from 'zustand'

/** Faults of this client itself since the page was opened: how many, and what the last one said. */
export const faultsStore = create<{ count: number; last: string }>()(() => ({ count: 0, last: '' }))

/** Something here failed that should not: said in the console, and counted so that a person can tell of it. */
export function reportFault(what: string, cause: unknown): void {
  console.error(what, cause)
  faultsStore.setState(({ count }) => ({ count: count + 1, last: `${what}: ${String(cause)}` }))
}
