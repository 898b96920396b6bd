import { useCallback, useEffect, useMemo, useRef, useSyncExternalStore } from 'react'
import type { Id, Person, Presence } from '@/core/api'
import { connectionStore } from '../live/connection-store.ts'
import { ensurePeople, mayCome } from '../live/ensure.ts'
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

/** Whether some of these people are not known yet and may come; `ask` fetches them: it is for when somebody needs them. */
export function usePeopleComing(ids: readonly Id[]): { coming: boolean; ask: () => void } {
  const people = usePeople()
  const missing = useMemo(() => ids.filter(id => !people[id]), [ids, people])
  const mayStillCome = logStore(({ log }) => missing.some(id => mayCome(log, id)))
  // Without the server there is nobody to wait for.
  const isAway = connectionStore(({ status }) => status.phase === 'offline' || status.phase === 'reconnecting')
  const ask = useCallback(() => ensurePeople(missing), [missing])
  return { coming: mayStillCome && !isAway, ask }
}

/**
 * The name of any person; empty until known, and then the component is drawn again. Another function only when a name that it was
 * asked for is another: whoever else is fetched or changes concerns nobody who does not show them.
 */
export function useNameOf(): (id: Id) => string {
  const names = useRef<Names>(null)
  names.current ??= new Names()
  const { follow, current } = names.current
  return useSyncExternalStore(follow, current)
}

/** The names that one component shows. */
class Names {
  private readonly given = new Map<Id, string>()
  private people: Readonly<Record<Id, Person>> | undefined
  private nameOf = this.next()

  readonly follow = (onChange: () => void) => logStore.subscribe(onChange)

  readonly current = () => {
    const people = logStore.getState().log?.people
    if (people === this.people) return this.nameOf
    this.people = people
    for (const [id, name] of this.given) {
      if (name === (people?.[id]?.name ?? '')) continue
      this.given.clear()
      this.nameOf = this.next()
      break
    }
    return this.nameOf
  }

  private next() {
    return (id: Id) => {
      const person = logStore.getState().log?.people[id]
      if (!person) queueMicrotask(() => ensurePeople([id]))
      const name = person?.name ?? ''
      this.given.set(id, name)
      return name
    }
  }
}

/** Whether a person is there; asked of the server only while somebody shows it. */
export function usePresence(id: Id | null | undefined): Presence | undefined {
  useEffect(() => (id ? watchPresence([id]) : undefined), [id])
  return presenceStore(people => (id ? people[id] : undefined))
}

/** How many of these people are there now. Give it the same array as long as it is of the same people. */
export function useOnline(people: readonly Id[]): number {
  useEffect(() => watchPresence(people), [people])
  return presenceStore(presence => people.filter(id => presence[id] === 'online').length)
}

const none: Readonly<Record<Id, Person>> = {}
