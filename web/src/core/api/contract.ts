import type { EventData, Id, Routes } from './generated.ts'

export type * from './generated.ts'

export type Route = keyof Routes
export type AnswerOf<R extends Route> = Routes[R]['answer']

/** What the caller gives: only what the route takes. */
export type InputOf<R extends Route> = Omit<Routes[R], 'answer'>

export type EventType = keyof EventData

/** An event of a type this client may or may not know. */
export interface EventFrame {
  t: 'event'
  pos: number
  id: Id
  type: string
  /** The version of its type in which `data` is. */
  v?: number
  actor: Id | null
  /** The Idempotency-Key of the command that made it. */
  key: string | null
  /** For one that began at another site: the number of that site, and when it came here (an id that is that time). */
  site?: number
  arrived?: Id
  data: object
}

/** An event of one type as it comes down the socket. */
export interface EventOf<T extends EventType> extends EventFrame {
  type: T
  data: EventData[T]
}

/** How somebody is there, as the frame `presence` says. */
export type Presence = 'online' | 'away' | 'offline'
