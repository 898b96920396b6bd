import type { Id, Me, Member, Person } from '@/core/api'
import type { Cache, LogRecord, TableChange } from '@/core/cache'
import { Members } from '../reducer/members.ts'
import type { Header, Room, State, Wanted } from '../reducer/state.ts'
import { keepNewest } from '../reducer/timeline.ts'

/** Messages of a conversation that are kept between visits. */
const messagesKept = 50

declare const __SAVED_SHAPE__: string

/**
 * The shape of what is stored of the log, worked out from its declarations (tools/vite/saved-shape.ts): what has another one is
 * fetched anew. Drafts and unsent messages are not of the log and have no part in it.
 */
export const savedShape = __SAVED_SHAPE__

/** The state of the log between visits, its rooms and people apart. */
interface SavedLog extends LogRecord {
  began: Id
  site: string
  me: Me
  hasSites: boolean
  registers: State['registers']
  wanted: Wanted
}

/** A room between visits: without what only answers under way need. */
interface SavedRoom extends Omit<Room, 'header' | 'detour' | 'recent' | 'recentFrom'> {
  id: Id
  header: Omit<Header, 'members'> & { members: Member[] | null }
}

/** The state as of the last visit of a person, or null. */
export async function loadLog(cache: Cache, person: Id): Promise<State | null> {
  const saved = await cache.storedLog<SavedLog>(savedShape)
  if (!saved || saved.me.person.id !== person) return null
  const [rooms, people] = await Promise.all([cache.all<SavedRoom>('rooms'), cache.all<Person>('people')])
  const { run, pos, began, site, me, hasSites, registers, wanted } = saved
  return {
    run,
    pos,
    began,
    site,
    me,
    hasSites,
    news: {},
    registers,
    wanted,
    rooms: Object.fromEntries(rooms.map(room => [room.id, restored(room, pos)])),
    people: Object.fromEntries(people.map(held => [held.id, held])),
    arriving: {},
    left: {},
    ended: false,
  }
}

/**
 * What must be written so that the store holds `next`, when it holds `saved` (null: nothing known). The whole is one
 * position; rooms and people that did not change since are not written again.
 */
export function changesBetween(saved: State | null, next: State): [LogRecord, TableChange, TableChange] {
  const { run, pos, began, site, me, hasSites, registers, wanted } = next
  const mine = { site, me, hasSites, registers, wanted }
  const log: SavedLog = { name: 'log', shape: savedShape, run, pos, began, ...mine }
  const rooms = changedIn(saved?.rooms ?? {}, next.rooms)
  const people = changedIn(saved?.people ?? {}, next.people)
  return [log, { put: rooms.put.map(savedRoom), remove: rooms.remove }, { put: people.put, remove: people.remove }]
}

function changedIn<T>(before: Readonly<Record<Id, T>>, after: Readonly<Record<Id, T>>): { put: T[]; remove: Id[] } {
  if (before === after) return { put: [], remove: [] }
  const put = Object.entries(after).flatMap(([id, value]) => (before[id] === value ? [] : [value]))
  return { put, remove: Object.keys(before).filter(id => !(id in after)) }
}

function savedRoom(room: Room): SavedRoom {
  const { header, detour: _detour, recent: _recent, recentFrom: _from, ...kept } = room
  const members = header.members?.all() ?? null
  const id = header.conversation.id
  return { ...kept, id, header: { ...header, members }, live: keepNewest(room.live, messagesKept) }
}

function restored({ id: _, header, ...room }: SavedRoom, pos: number): Room {
  const members = header.members && Members.of(header.members)
  return { ...room, header: { ...header, members }, detour: null, recent: [], recentFrom: pos }
}
