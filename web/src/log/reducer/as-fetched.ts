import type { Conversation, Id, Member, Message, Person, Preferences } from '../../core/api/contract.ts'
import { compareIds } from '../../core/api/ids.ts'
import { isSilent } from './counted.ts'
import type { Members } from './members.ts'
import type { Header, State, Wanted } from './state.ts'

/** The state in the shapes that a fresh fetch gives, everything sorted by id, so that the two can be compared. */
export interface AsFetched {
  pos: number
  conversations: Conversation[]
  members: Record<Id, Member[]>
  messages: Record<Id, Message[]>
  preferences: Preferences
  people: Person[]
  /** What slices hold of each conversation that was fetched. */
  parts: Record<Id, NonNullable<Header['parts']>>
  /** Parts that the client would fetch again now; they say nothing about the events. */
  wanted: { [K in keyof Wanted]: Wanted[K] extends boolean ? boolean : Id[] }
  ended: boolean
}

export function asFetched(state: State): AsFetched {
  const rooms = Object.values(state.rooms).filter(({ header }) => !isSilent(header.conversation))
  const idOf = (room: (typeof rooms)[number]) => room.header.conversation.id
  const { conversations, elsewhere, messages, people, me } = state.wanted
  return {
    pos: state.pos,
    conversations: rooms.map(room => marksSorted(room.header.conversation)).sort((a, b) => compareIds(a.id, b.id)),
    members: Object.fromEntries(
      rooms.flatMap(room => (room.header.members ? [[idOf(room), sortedMembers(room.header.members)]] : [])),
    ),
    messages: Object.fromEntries(rooms.map(room => [idOf(room), [...room.live.messages]])),
    preferences: state.me.preferences,
    people: sorted(state.people),
    parts: Object.fromEntries(rooms.flatMap(room => (room.header.parts ? [[idOf(room), room.header.parts]] : []))),
    wanted: {
      conversations: Object.keys(conversations),
      elsewhere: Object.keys(elsewhere),
      messages: Object.keys(messages),
      people: Object.keys(people),
      me,
    },
    ended: state.ended,
  }
}

function sortedMembers(members: Members): Member[] {
  return members
    .all()
    .map(marksSorted)
    .sort((a, b) => compareIds(a.person, b.person))
}

function marksSorted<T extends { marks: Id[] }>(reader: T): T {
  return { ...reader, marks: reader.marks.toSorted(compareIds) }
}

function sorted<T extends { id: Id }>(things: Readonly<Record<Id, T>>): T[] {
  return Object.values(things).sort((a, b) => compareIds(a.id, b.id))
}
