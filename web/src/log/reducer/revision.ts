import type { Id, Person } from '../../core/api/contract.ts'
import type { Room, State, Wanted } from './state.ts'

/**
 * The next state while it is being made: maps are copied once per batch of events, not once per event, so that a long
 * absence is caught up quickly. The state it began from is never touched.
 */
export class Revision {
  readonly next: { -readonly [K in keyof State]: State[K] }
  private readonly copied = new Set<object>()

  constructor(base: State) {
    this.next = { ...base }
  }

  get me(): Id {
    return this.next.me.person.id
  }

  room(id: Id): Room | undefined {
    return this.next.rooms[id]
  }

  setRoom(id: Id, room: Room): void {
    this.next.rooms = this.put(this.next.rooms, id, room)
  }

  dropRoom(id: Id): void {
    this.next.rooms = this.without(this.next.rooms, id)
    this.next.arriving = this.without(this.next.arriving, id)
    this.unwant('conversations', id)
    this.unwant('elsewhere', id)
    for (const [message, conversation] of Object.entries(this.next.wanted.messages)) {
      if (conversation === id) this.unwant('messages', message)
    }
  }

  /** Something of this type happened. */
  tell({ type, pos }: { type: string; pos: number }): void {
    this.next.news = this.put(this.next.news, type, pos)
  }

  setPerson(person: Person): void {
    this.next.people = this.put(this.next.people, person.id, person)
  }

  dropPerson(id: Id): void {
    this.next.people = this.without(this.next.people, id)
  }

  setArriving(id: Id, events: State['arriving'][Id]): void {
    this.next.arriving = this.put(this.next.arriving, id, events)
  }

  dropArriving(id: Id): void {
    this.next.arriving = this.without(this.next.arriving, id)
  }

  want(wanted: Partial<Wanted>): void {
    const before = this.next.wanted
    this.next.wanted = {
      conversations: { ...before.conversations, ...wanted.conversations },
      elsewhere: { ...before.elsewhere, ...wanted.elsewhere },
      messages: { ...before.messages, ...wanted.messages },
      people: { ...before.people, ...wanted.people },
      me: before.me || Boolean(wanted.me),
    }
  }

  unwant(part: Exclude<keyof Wanted, 'me'>, id: Id): void {
    if (!(id in this.next.wanted[part])) return
    const { [id]: _, ...rest } = this.next.wanted[part] as Record<Id, unknown>
    this.next.wanted = { ...this.next.wanted, [part]: rest }
  }

  private put<V>(map: Readonly<Record<Id, V>>, id: Id, value: V): Readonly<Record<Id, V>> {
    const own = this.own(map)
    own[id] = value
    return own
  }

  private without<V>(map: Readonly<Record<Id, V>>, id: Id): Readonly<Record<Id, V>> {
    if (!(id in map)) return map
    const own = this.own(map)
    delete own[id]
    return own
  }

  private own<V>(map: Readonly<Record<Id, V>>): Record<Id, V> {
    if (this.copied.has(map)) return map as Record<Id, V>
    const copy = { ...map }
    this.copied.add(copy)
    return copy
  }
}
