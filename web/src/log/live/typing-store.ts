import { create } from 'zustand'
import type { Id } from '@/core/api'

const shownMs = 5_000

/** Who is writing where, in the order they began. */
export const typingStore = create<Record<Id, readonly Id[]>>()(() => ({}))

const timers = new Map<string, ReturnType<typeof setTimeout>>()

/** Somebody is writing; forgotten when no more is heard of it for 5 s. */
export function showTyping(conversation: Id, person: Id): void {
  const name = `${conversation} ${person}`
  clearTimeout(timers.get(name))
  timers.set(
    name,
    setTimeout(() => hideTyping(conversation, person), shownMs),
  )
  const people = typingStore.getState()[conversation] ?? []
  if (!people.includes(person)) typingStore.setState({ [conversation]: [...people, person] })
}

/** They have sent it, or gave it up. */
export function hideTyping(conversation: Id, person: Id): void {
  const name = `${conversation} ${person}`
  clearTimeout(timers.get(name))
  timers.delete(name)
  const people = typingStore.getState()[conversation]
  if (people?.includes(person)) typingStore.setState({ [conversation]: people.filter(other => other !== person) })
}

export function resetTyping(): void {
  for (const timer of timers.values()) clearTimeout(timer)
  timers.clear()
  typingStore.setState({}, true)
}
