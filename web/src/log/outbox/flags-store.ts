import { create } from 'zustand'
import { useShallow } from 'zustand/react/shallow'
import type { Id } from '@/core/api'

/** A message is to have a mark, or none, and the server does not know it yet: shown at once, kept over reloads. */
export interface PendingFlag<Detail = unknown> {
  /** What it is about: of two wishes about the same the later counts. */
  name: string
  kind: string
  conversation: Id
  /** Empty where it is about the conversation. */
  message: Id
  present: boolean
  /** What more there is to it, by its kind: an emoji, new words. */
  detail?: Detail
  /** When I did it, ms. Earlier releases stored none. */
  at?: number
  /** The Idempotency-Key: however often it is sent, it is done once. */
  key: string
  /** The server has it: the event that says so, and where that stands; shown here until it has come. */
  sent: { id: Id; pos: number | null } | null
}

export const flagsStore = create<Readonly<Record<string, PendingFlag>>>()(() => ({}))

/** `part`: which one, where there may be several of a kind. */
export function flagName(kind: string, target: Id, part = ''): string {
  return part ? `${kind} ${target} ${part}` : `${kind} ${target}`
}

export function putFlag(flag: PendingFlag): void {
  flagsStore.setState({ [flag.name]: flag })
}

export function removeFlag(name: string): void {
  const { [name]: _, ...others } = flagsStore.getState()
  flagsStore.setState(others, true)
}

/** All of a kind, in the order in which I did it. */
export function flagsOf<Detail = unknown>(kind: string): PendingFlag<Detail>[] {
  return ofKind(Object.values(flagsStore.getState()), kind)
}

/** Those about one message, followed. */
export function useFlags<Detail = unknown>(kind: string, message: Id): readonly PendingFlag<Detail>[] {
  return flagsStore(
    useShallow(all => ofKind<Detail>(Object.values(all), kind).filter(flag => flag.message === message)),
  )
}

/** All of a kind, followed. */
export function useAllFlags<Detail = unknown>(kind: string): readonly PendingFlag<Detail>[] {
  return flagsStore(useShallow(all => ofKind<Detail>(Object.values(all), kind)))
}

/** Those in a conversation, followed. */
export function useFlagsOf<Detail = unknown>(kind: string, conversation: Id): readonly PendingFlag<Detail>[] {
  return flagsStore(
    useShallow(all => ofKind<Detail>(Object.values(all), kind).filter(flag => flag.conversation === conversation)),
  )
}

function ofKind<Detail>(flags: readonly PendingFlag[], kind: string): PendingFlag<Detail>[] {
  const ours = flags.filter(flag => flag.kind === kind) as PendingFlag<Detail>[]
  return ours.sort((a, b) => (a.at ?? 0) - (b.at ?? 0))
}
