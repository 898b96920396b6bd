import { create } from 'zustand'
import type { Id, Presence } from '@/core/api'
import { connectionStore } from './connection-store.ts'

const gatherMs = 100

/** Who is there, of those that are shown now. */
export const presenceStore = create<Record<Id, Presence>>()(() => ({}))

const shown = new Map<Id, number>()
let timer: ReturnType<typeof setTimeout> | undefined

/** These people are shown with their presence. Returns the way to say that they no longer are. */
export function watchPresence(people: readonly Id[]): () => void {
  for (const person of people) shown.set(person, (shown.get(person) ?? 0) + 1)
  tellSoon()
  return () => {
    for (const person of people) {
      const left = (shown.get(person) ?? 1) - 1
      if (left > 0) shown.set(person, left)
      else shown.delete(person)
    }
    tellSoon()
  }
}

/** Of somebody who is watched. */
export function heldPresence(person: Id): Presence | undefined {
  return presenceStore.getState()[person]
}

export function showPresence(people: Record<Id, Presence>): void {
  presenceStore.setState(people)
}

export function resetPresence(): void {
  presenceStore.setState({}, true)
}

/** Tell the server whom I show; scrolling through a list is one message, not one for each row. */
export function tellWatched(): void {
  clearTimeout(timer)
  timer = undefined
  connectionStore.getState().announce?.watch([...shown.keys()])
}

function tellSoon(): void {
  timer ??= setTimeout(tellWatched, gatherMs)
}
