import type { ConversationPage, EventOf, EventType } from '../core/api/contract.ts'
import type { Rule } from './reducer/rule.ts'
import type { Header } from './reducer/state.ts'

/** What each event type does here. */
export type Rules = { readonly [T in EventType]?: Rule<T> }

/**
 * What a feature brings to the log in the browser: what its events do, and its parts of the state. A slice is pure, without
 * browser and React, and runs in plain Node (tools/replay.ts): imports are relative, with `.ts`. `app/slices.ts` finds them all.
 */
export interface Slice {
  /** As its folder. */
  name: string
  rules: Rules
  conversation?: readonly {
    readonly name: string
    readonly empty: unknown
    readonly heeds: Heeds<never, unknown>
    fetched(answer: ConversationPage): unknown
  }[]
}

/** What events of other features do to a part: a message that is recalled is not pinned any more. */
export type Heeds<P, Q = P> = { readonly [T in EventType]?: (value: P, event: EventOf<T>) => Q }

/** Keeps the types of what it is given. */
export function slice<const S extends Slice>(parts: S): S {
  return parts
}

/**
 * A part of a conversation, beside its members: null until `GET /conversations/{c}` brought it, changed by the `header` of rules,
 * kept between visits. Its value is plain data, never changed in place.
 */
export class ConversationPart<P> {
  readonly name: string
  readonly fetched: (answer: ConversationPage) => P
  /** As a conversation begins. */
  readonly empty: P
  readonly heeds: Heeds<P>

  constructor(name: string, empty: P, fetched: (answer: ConversationPage) => P, heeds: Heeds<P> = {}) {
    this.name = name
    this.empty = empty
    this.fetched = fetched
    this.heeds = heeds
  }

  of(header: Pick<Header, 'parts'>): P | null {
    return (header.parts?.[this.name] ?? null) as P | null
  }

  /** The header with another value, where the conversation was fetched. */
  with(header: Header, value: P): Header {
    return header.parts ? { ...header, parts: { ...header.parts, [this.name]: value } } : header
  }
}
