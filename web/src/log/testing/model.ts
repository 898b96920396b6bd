import type { Conversation, ConversationPage, EventOf, EventType, Id, Message } from '../../core/api/contract.ts'
import type { ModelRoom } from './model-room.ts'
import type { ModelServer } from './model-server.ts'
import type { Random } from './random.ts'

/** What a feature brings to the model of the server, for tests: `model.ts` beside its `slice.ts`. */
export interface Model {
  /** Its events are nobody's business but the actor's. */
  isOwn?: true
  /** What each of its events does to its conversation. */
  steps: { readonly [T in EventType]?: (room: ModelRoom, event: EventOf<T>) => void }
  /** What `GET /conversations/{c}` has of it, beside the conversation and its members. */
  page?(room: ModelRoom): Partial<ConversationPage>
  /** How its events come about in random histories. */
  turns: readonly Turn[]
}

export interface Turn {
  /** How often, beside the shares of all others. */
  share: number
  /** Lets it happen, or nothing where it cannot. */
  happen(moment: Moment): void
}

/** Where something may happen next. */
export interface Moment {
  server: ModelServer
  random: Random
  people: readonly Id[]
  conversation: Id
  kind: Conversation['kind']
  members: readonly Id[]
  /** Who does it, one of the members. */
  actor: Id
  /** The id of the next event; now and then one from another site, that comes late. */
  id(): Id
  /** One of the last texts. */
  anyMessage(): Message | null
  /** What somebody at another site had before them; it may be that not all of it is here. */
  seen(): { seen?: Id[] }
}
