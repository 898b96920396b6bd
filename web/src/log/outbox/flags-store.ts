import { create } from 'zustand'
import type { Id } from '@/core/api'

/** A message is to have a mark, or none, and the server does not know it yet: shown at once, kept over reloads. */
export interface PendingFlag {
  /** Kind and message: of two wishes about the same the later counts. */
  name: string
  kind: string
  conversation: Id
  message: Id
  present: boolean
  /** The Idempotency-Key: however often it is sent, it is done once. */
  key: string
  /** The server has it: the event that says so, and where that stands; shown here until it has come. */
  sent: { id: Id; pos: number | null } | null
}

export const flagsStore = create<Readonly<Record<string, PendingFlag>>>()(() => ({}))

export function flagName(kind: string, message: Id): string {
  return `${kind} ${message}`
}

export function putFlag(flag: PendingFlag): void {
  flagsStore.setState({ [flag.name]: flag })
}

export function removeFlag(name: string): void {
  const { [name]: _, ...others } = flagsStore.getState()
  flagsStore.setState(others, true)
}

/** All of a kind. */
export function flagsOf(kind: string): PendingFlag[] {
  return Object.values(flagsStore.getState()).filter(flag => flag.kind === kind)
}
