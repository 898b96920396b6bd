import { create } from 'zustand'
import type { State } from '../reducer/state.ts'

/** What this tab knows of the site's log; null until the first fetch or the copy of last time is in. */
export const logStore = create<{ log: State | null }>()(() => ({ log: null }))

export function currentLog(): State | null {
  return logStore.getState().log
}

/** Put the next state in, unless nothing is known yet or nothing changed. */
export function updateLog(change: (state: State) => State): void {
  const { log } = logStore.getState()
  if (!log) return
  const next = change(log)
  if (next !== log) logStore.setState({ log: next })
}

export function setLog(log: State | null): void {
  logStore.setState({ log })
}
