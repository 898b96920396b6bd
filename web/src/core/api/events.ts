import type {
  Content,
  Id,
  Language,
  Leaves,
  PersonUnit,
  PolicyKind,
  Preferences,
  Quote,
  Role,
  UnitKind,
} from './types.ts'

/** The `data` of every event type a client may receive: docs/developers/protocol.md, section 5. */
export interface EventData {
  'messaging.conversation_created': {
    conversation: Id
    kind: 'direct' | 'group'
    title: string
    members: { person: Id; role: Role }[]
  }
  'messaging.conversation_renamed': { conversation: Id; title: string }
  'messaging.members_added': { conversation: Id; people: Id[] }
  'messaging.member_removed': { conversation: Id; person: Id }
  'messaging.member_role_changed': { conversation: Id; person: Id; role: Role }
  'messaging.owner_changed': { conversation: Id; person: Id }
  'messaging.message_sent': {
    conversation: Id
    content: Content
    reply_to: Quote | null
    mentions: Id[]
    mentions_all: boolean
    /** The newest message of each other site that the sender had before them. */
    seen?: Id[]
  }
  'messaging.message_edited': {
    conversation: Id
    message: Id
    content: Content
    mentions: Id[]
    mentions_all: boolean
  }
  'messaging.message_recalled': { conversation: Id; message: Id }
  'messaging.reaction_set': { conversation: Id; message: Id; emoji: string; present: boolean }
  'messaging.read_marked': { conversation: Id; through: Id; seen?: Id[] }
  'messaging.conversation_preferences_changed': {
    conversation: Id
    muted?: boolean | null
    pinned?: boolean | null
    hidden?: boolean | null
  }
  'org.unit_added': { unit: Id; parent: Id | null; name: string; kind: UnitKind; rank: number }
  'org.unit_changed': {
    locale?: Language | null
    unit: Id
    parent?: Id | null
    name?: string | null
    kind?: UnitKind | null
    rank?: number | null
  }
  'org.unit_removed': { unit: Id }
  'org.person_added': PersonFacts
  'org.person_changed': { person: Id } & { [K in Exclude<keyof PersonFacts, 'person'>]?: PersonFacts[K] | null }
  'org.person_deactivated': { person: Id }
  'org.person_reactivated': { person: Id }
  'identity.session_opened': { session: Id; device: string; address: string }
  'identity.session_revoked': { session: Id }
  'identity.preferences_changed': { [K in keyof Preferences]?: Preferences[K] | null }
  'identity.grant_given': { grant: Id; person: Id; role: string; unit: Id }
  'identity.grant_revoked': { grant: Id }
  'identity.account_created': object
  'identity.password_set': object
  'sites.site_added': { site: number; name: string; address: string }
  'sites.site_changed': { site: number; name?: string; address?: string }
  'sites.site_joined': { site: number }
  'sites.site_revoked': { site: number }
  'sites.site_retired': { site: number }
  'sites.home_set': { unit: Id; site: number | null }
  'sites.policy_set': { unit: Id; leaves: Leaves; kinds: PolicyKind[] }
}

export interface PersonFacts {
  person: Id
  name: string
  title: string
  unit: Id
  units: PersonUnit[]
}

export type EventType = keyof EventData

/** An event of one type as it comes down the socket. */
export interface EventOf<T extends EventType> {
  t: 'event'
  pos: number
  id: Id
  type: T
  actor: Id | null
  /** The Idempotency-Key of the command that made it. */
  key: string | null
  /** For one that began at another site: the number of that site, and when it came here (an id that is that time). */
  site?: number
  arrived?: Id
  data: EventData[T]
}

/** An event of a type this client may or may not know. */
export interface EventFrame {
  t: 'event'
  pos: number
  id: Id
  type: string
  actor: Id | null
  key: string | null
  site?: number
  arrived?: Id
  data: object
}
