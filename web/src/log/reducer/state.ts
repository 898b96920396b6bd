import type { Conversation, EventFrame, Id, Me, Message, Person } from '../../core/api/contract.ts'
import type { Members } from './members.ts'

/**
 * What this client knows of the site's log: a pure function of what it fetched and the events since. Runs without a
 * browser, so imports here are relative, with `.ts`.
 */
export interface State {
  /** Everything up to here is in, as the log was in this run. */
  run: Id
  pos: number
  /** The run of the fetch that all this began with: where it is another one, positions may be of another log. */
  began: Id
  site: string
  me: Me
  /** The company has other sites: where people are at home matters. */
  hasSites: boolean
  rooms: Readonly<Record<Id, Room>>
  people: Readonly<Record<Id, Person>>
  /** Position of the last event of each type: what was fetched before it may be old. */
  news: Readonly<Record<string, number>>
  /** For what the latest event wins, as far as events were seen since everything was fetched. */
  registers: Registers
  /** Parts that events alone cannot tell; they are to be fetched. */
  wanted: Wanted
  /** Events about conversations that are being fetched, to bring the answer up to date. */
  arriving: Readonly<Record<Id, readonly Numbered[]>>
  /** Where I ceased to be a member: answers from before must not bring the conversation back. */
  left: Readonly<Record<Id, number>>
  /** My session was ended from elsewhere. */
  ended: boolean
}

/** A conversation as held here. */
export interface Room {
  header: Header
  /** The newest messages, without a gap up to the newest. */
  live: Timeline
  /** Where somebody jumped to, when that does not touch `live`. */
  detour: Timeline | null
  /** The number of the last text message, as far as events were applied. */
  seq: number
  /** Events up to here are in all parts. */
  since: number
  /** The highest id that is in: an event with a lower one comes late, from another site. */
  newest: Id
  /** The last events, for answers that come late; all after `recentFrom` are here. */
  recent: readonly Numbered[]
  recentFrom: number
  /** I have seen messages up to this number; the server may not know it yet. */
  reading: number
}

/** The conversation and its members, as a fresh fetch would give them. */
export interface Header {
  conversation: Conversation
  /** Null until fetched. */
  members: Members | null
  /** What slices hold of it, by name; null until fetched. */
  parts: Readonly<Record<string, unknown>> | null
  registers: Registers
  /** Events up to here are in. */
  since: number
  /** The highest id that is in, of events and messages. */
  newest: Id
  /** An event came that cannot be applied exactly: fetch. */
  stale: boolean
}

/** An unbroken stretch of messages, ascending by id. */
export interface Timeline {
  messages: readonly Message[]
  /** The stretch begins here; null: at the first message there is. */
  from: Id | null
  /** The stretch ends here; null: with the newest message. */
  to: Id | null
  /** Stretches fetched further ahead in the log than this client is. */
  ahead: readonly { pos: number; from: Id | null; to: Id | null }[]
  /** Changes of messages that have not arrived yet. */
  early: readonly EventFrame[]
}

/** For each field that the latest event wins: the id of the event that set it. */
export type Registers = Readonly<Record<string, Id>>

/** An event with the number its message has in the conversation (for others: the number before). */
export interface Numbered {
  event: EventFrame
  seq: number
}

export interface Wanted {
  conversations: Readonly<Record<Id, true>>
  /** At which other sites members of a conversation are at home: by the position of the event that may have changed it. */
  elsewhere: Readonly<Record<Id, number>>
  /** Message to its conversation. */
  messages: Readonly<Record<Id, Id>>
  people: Readonly<Record<Id, true>>
  me: boolean
}

export const nothingWanted: Wanted = { conversations: {}, elsewhere: {}, messages: {}, people: {}, me: false }

/** Messages of one conversation held in memory at most; past it the far end is dropped. */
export const timelineCap = 2_000
export const recentCap = 300
export const earlyCap = 100
