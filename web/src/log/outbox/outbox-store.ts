import { create } from 'zustand'
import type { Id } from '@/core/api'
import type { Outgoing } from './outgoing.ts'

/** Messages of mine that are not in the log yet, by conversation, in the order of sending. */
export const outboxStore = create<Record<Id, readonly Outgoing[]>>()(() => ({}))

export function outgoingOf(conversation: Id): readonly Outgoing[] {
  return outboxStore.getState()[conversation] ?? []
}

export function findOutgoing(key: string): Outgoing | undefined {
  return allOutgoing().find(outgoing => outgoing.key === key)
}

export function allOutgoing(): Outgoing[] {
  return Object.values(outboxStore.getState()).flat()
}

/** Put one in, or its next state in its place. */
export function setOutgoing(outgoing: Outgoing): void {
  const { conversation, key, at } = outgoing
  const others = outgoingOf(conversation).filter(other => other.key !== key)
  const place = others.findIndex(other => other.at > at)
  const next = place < 0 ? [...others, outgoing] : others.toSpliced(place, 0, outgoing)
  outboxStore.setState({ [conversation]: next })
}

export function removeOutgoing(outgoing: Outgoing): void {
  const { conversation, key } = outgoing
  outboxStore.setState({ [conversation]: outgoingOf(conversation).filter(other => other.key !== key) })
}

export function resetOutbox(): void {
  outboxStore.setState({}, true)
}
