import { create } from 'zustand'
import { reportFault } from '@/core/problems/faults'

/**
 * What of mine is in the memory of this tab alone, because the browser gave no storage or no room: unsent messages and
 * drafts by name. It is sent as everything else is; it only would not survive the end of the page.
 */
export const unkeptStore = create<{ names: ReadonlySet<string> }>()(() => ({ names: new Set() }))

/** Storing it failed, or there is nowhere to store it. */
export function noteUnkept(name: string, cause: unknown): void {
  if (cause !== null) reportFault('It could not be stored', cause)
  const { names } = unkeptStore.getState()
  if (!names.has(name)) unkeptStore.setState({ names: new Set([...names, name]) })
}

export function isUnkept(name: string): boolean {
  return unkeptStore.getState().names.has(name)
}

/** It is stored, or it is not needed any more. */
export function noteKept(name: string): void {
  const { names } = unkeptStore.getState()
  if (names.has(name)) unkeptStore.setState({ names: new Set([...names].filter(other => other !== name)) })
}

export function resetUnkept(): void {
  unkeptStore.setState({ names: new Set() })
}
