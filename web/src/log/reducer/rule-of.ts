import type { EventFrame, EventOf, EventType, Id, Message } from '../../core/api/contract.ts'
import { installedRule } from '../installed.ts'
import type { Revision } from './revision.ts'
import type { About } from './rule.ts'
import type { Header } from './state.ts'

/** A rule for an event whose type was checked by the look-up. */
export interface AnyRule {
  makes?(event: EventFrame, about: About): Message | null
  changes?(message: Message, event: EventFrame): Message
  scope?: 'target' | 'all'
  register?(event: EventFrame): string
  header?(header: Header, event: EventFrame, about: About): Header
  site?(revision: Revision, event: EventFrame): void
}

/** The rule of an event's type; undefined for a type this client does not know. */
export function ruleOf(event: EventFrame): AnyRule | undefined {
  return installedRule(event.type) as AnyRule | undefined
}

export function isType<T extends EventType>(event: EventFrame, type: T): event is EventOf<T> {
  return event.type === type
}

/** The message that an event changes, if it changes one. */
export function targetOf(event: EventFrame): Id | null {
  return 'message' in event.data && typeof event.data.message === 'string' ? event.data.message : null
}
