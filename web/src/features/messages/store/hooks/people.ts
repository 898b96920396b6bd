import { useCallback, useEffect } from 'react'
import type { Id, Person, Presence } from '@/core/api'
import { ensurePeople } from '../live/ensure.ts'
import { logStore } from '../live/log-store.ts'
import { presenceStore, watchPresence } from '../live/presence-store.ts'

/** A person, fetched when not held; undefined until known. */
export function usePerson(id: Id | null | undefined): Person | undefined {
  const person = logStore(({ log }) => (id ? log?.people[id] : undefined))
  const isKnown = logStore(({ log }) => log !== null)
  useEffect(() => {
    if (isKnown && !person && id) ensurePeople([id])
  }, [isKnown, person, id])
  return person
}

/** People by id, as far as known; those missing are fetched. The same object while nobody changed. */
export function usePeople(): Readonly<Record<Id, Person>> {
  return logStore(({ log }) => log?.people) ?? none
}

/** Fetch these people if they are not held. */
export function usePeopleWanted(ids: readonly Id[]): void {
  const isKnown = logStore(({ log }) => log !== null)
  useEffect(() => {
    if (isKnown) ensurePeople(ids)
  }, [isKnown, ids])
}

/** The name of any person; empty until known, and then the component is drawn again. */
export function useNameOf(): (id: Id) => string {
  const people = usePeople()
  return useCallback(
    (id: Id) => {
      const person = people[id]
      if (!person) queueMicrotask(() => ensurePeople([id]))
      return person?.name ?? ''
    },
    [people],
  )
}

/** Whether a person is there; asked of the server only while somebody shows it. */
export function usePresence(id: Id | null | undefined): Presence | undefined {
  useEffect(() => (id ? watchPresence([id]) : undefined), [id])
  return presenceStore(people => (id ? people[id] : undefined))
}

/** How many of these people are there now. */
export function useOnline(people: Readonly<Record<Id, unknown>> | null): number {
  useEffect(() => (people ? watchPresence(Object.keys(people)) : undefined), [people])
  return presenceStore(presence => (people ? Object.keys(people).filter(id => presence[id] === 'online').length : 0))
}

const none: Readonly<Record<Id, Person>> = {}
