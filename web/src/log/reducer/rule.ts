import type { EventOf, EventType, Id, Message } from '../../core/api/contract.ts'
import type { Revision } from './revision.ts'
import type { Header } from './state.ts'

/** What a rule may know beside the event. */
export interface About {
  me: Id
  /** The number of the newest text message, the event's own included. */
  seq: number
  /** The number of a message of the conversation, or null when it is not held here. */
  seqOf(message: Id): number | null
  /** The text message of a number, or null when it is not held here. */
  textAt(seq: number): Id | null
  /** The number of the last text message before this id. */
  seqBefore(id: Id): number
  /** Whether a message is known to be recalled: a reply may have been written before its author knew. */
  isRecalled(message: Id): boolean
}

/**
 * What one event type does to each part of the state. A part that is older or newer than the event gets it or not, apart
 * from the others; so each function changes its own part alone, and returns the same object when nothing changes.
 */
export interface Rule<T extends EventType> {
  /** The message or notice it adds. */
  makes?(event: EventOf<T>, about: About): Message | null
  /** What it does to a message. */
  changes?(message: Message, event: EventOf<T>): Message
  /** `changes` concerns `data.message` alone (else every message held). */
  scope?: 'target' | 'all'
  /** The name of the field it sets in a message, where the message does not say which event set it last. */
  register?(event: EventOf<T>): string
  /** What it does to the conversation and its members. */
  header?(header: Header, event: EventOf<T>, about: About): Header
  /** What it does to everything else: my rooms as such, people, units, me. Called before the others. */
  site?(revision: Revision, event: EventOf<T>): void
}
