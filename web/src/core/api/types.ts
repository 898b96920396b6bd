/** The shapes of docs/developers/protocol.md, section 2. The names and the order are the document's own. */

/** A 64-bit id in decimal: too large for a JavaScript number. Compare with `compareIds`. */
export type Id = string

export interface Person {
  id: Id
  name: string
  pinyin: string
  initials: string
  title: string
  unit: Id
  branch: Id
  active: boolean
}

export interface PersonUnit {
  unit: Id
  title: string
  main: boolean
}

export interface PersonCard extends Person {
  email: string
  phone: string
  units: PersonUnit[]
}

export type UnitKind = 'company' | 'branch' | 'department' | 'team'

export interface Unit {
  id: Id
  parent: Id | null
  name: string
  kind: UnitKind
  path: string
  rank: number
  people: number
  /** The language of those here and below who have not chosen one; null: that of the unit above. */
  locale: Language | null
}

export type Language = 'zh-CN' | 'en'

export interface Preferences {
  /** null: never chosen. */
  locale: Language | null
  theme: 'system' | 'light' | 'dark'
  send_key: 'enter' | 'ctrl_enter'
  density: 'comfortable' | 'compact'
  /** Percent, 90..130. */
  text_scale: number
}

export interface Me {
  person: PersonCard
  login: string
  permissions: { permission: string; unit: Id }[]
  preferences: Preferences
  session: Id
  /** The language that an administrator set for where they work. */
  unit_locale: Language | null
  /** The session was opened with a password that somebody else gave: it can do nothing but choose another. */
  must_change_password: boolean
}

export type Mark = 'bold' | 'italic' | 'code' | 'strike'

export type Span =
  | { type: 'text'; text: string; marks?: Mark[] }
  | { type: 'link'; text: string; href: string; marks?: Mark[] }
  | { type: 'mention'; person: Id; name: string }
  | { type: 'mention_all' }

export type Block =
  | { type: 'paragraph'; spans: Span[] }
  | { type: 'quote'; spans: Span[] }
  | { type: 'code'; text: string; language: string }
  | { type: 'list'; ordered: boolean; items: Span[][]; start?: number; indent?: number }

export interface Content {
  blocks: Block[]
}

export type Role = 'owner' | 'admin' | 'member'

export type Notice =
  | { type: 'created'; title: string }
  | { type: 'renamed'; title: string }
  | { type: 'added'; people: Id[] }
  | { type: 'removed'; person: Id }
  | { type: 'left' }
  | { type: 'owner'; person: Id }
  | { type: 'role'; person: Id; role: Role }

export interface Quote {
  id: Id
  sender: Id
  text: string
  recalled: boolean
}

export interface Reaction {
  emoji: string
  people: Id[]
  /** The id of each person's reaction, ascending, beside `people`. */
  ids: Id[]
}

export interface Message {
  id: Id
  conversation: Id
  sender: Id
  seq: number
  kind: 'text' | 'notice'
  content: Content | null
  notice: Notice | null
  reply_to: Quote | null
  edited: Id | null
  recalled: { by: Id; id: Id } | null
  reactions: Reaction[]
  mentions: Id[]
  mentions_all: boolean
  /** When it came from another site, over a minute after it was written: an id that is that time. Else null. */
  arrived: Id | null
  /** The event by which I marked it for later. */
  starred?: Id | null
}

export interface Conversation {
  id: Id
  kind: 'direct' | 'group'
  title: string
  peer: Id | null
  members: number
  my_role: Role
  last_seq: number
  read_seq: number
  /** The newest text that calls me and that I have not read; 0: none. */
  mention_seq: number
  /** Of the texts I have not read those that were recalled: there is nothing in them to read. */
  recalled_seqs: number[]
  last_message: Message | null
  muted: boolean
  pinned: boolean
  hidden: boolean
  created: Id
  /** Mine, as in `Member`. */
  joined: Id
  marks: Id[]
  /** Numbers of the other sites that members are at home at. */
  sites: number[]
  /** What I began to write, on whichever device. */
  draft?: ServerDraft | null
}

export interface ServerDraft {
  content: Content
  reply_to: Id | null
  id: Id
}

/** A pinned message: by whom, by which event. */
export interface Pin {
  message: Id
  person: Id
  id: Id
}

/** A message I marked for later; `shown` is null where I am no longer a member. */
export interface Star {
  id: Id
  conversation: Id
  message: Id
  shown: Message | null
}

export interface Member {
  person: Id
  role: Role
  /** Since when without a break. */
  joined: Id
  read_seq: number
  /** Of each other site the id up to which they read there what began at that of the id, in any order. */
  marks: Id[]
}

export interface Session {
  id: Id
  current: boolean
  device: string
  address: string
  created: Id
  last_used: Id
}

/** A role of a person over a unit, as seen from one: given there or below, or inherited from above it. */
export interface Grant {
  id: Id
  person: Id
  role: string
  unit: Id
  inherited: boolean
}

export type Presence = 'online' | 'away' | 'offline'

export type SiteState = 'invited' | 'joined' | 'revoked' | 'retired'

/** A site of the company, as everybody may know it. */
export interface SiteInfo {
  number: number
  name: string
  /** Where browsers open it; empty: not said. */
  address: string
  state: SiteState
  reachable: boolean
}

/** How a site stands towards this one, for who looks after sites. */
export interface SiteStatus extends SiteInfo {
  version: string | null
  last_contact_ms: number | null
  clock_offset_ms: number | null
  round_trip_ms: number | null
  /** What of theirs is not here yet. */
  behind_events: number
  behind_s: number
  /** What of ours is not there yet. */
  ahead_events: number
  ahead_s: number
  /** One life of its log, and the place in it. */
  position: [run: number, pos: number] | null
  followed_pos: number
  /** Conversations that are still to be fetched from it. */
  needs: number
  bytes_in: number
  bytes_out: number
  /** Why nothing more is taken in from it, if so. */
  held: { code: string; detail: string } | null
  /** Events that it may not say and nobody believes, and since when. */
  kept_back: number
  kept_back_since_ms: number | null
  alerts: (SiteAlert | (string & {}))[]
}

/** An event of another site that is not its to say, and nobody believes. */
export interface KeptBackEvent {
  id: Id
  site: number
  actor: Id | null
  type: string
  reason: string
  written_ms: number
  arrived_ms: number
  conversation: Id | null
}

/** What somebody should look at. */
export type SiteAlert =
  | 'unreachable'
  | 'behind'
  | 'clock_off'
  | 'versions_apart'
  | 'held'
  | 'kept_back'
  | 'audit_changed'
  | 'audit_set_back'

/** How much of what concerns a unit's people leaves their home site. */
export type Leaves = 'everything' | 'shared' | 'nothing'
export type PolicyKind = 'conversation' | 'session' | 'presence'

/** Where a unit is at home; `set`: said of the unit itself, else of one above it. */
export interface UnitHome {
  unit: Id
  site: number
  set: boolean
}

export interface UnitPolicy {
  unit: Id
  leaves: Leaves
  kinds: PolicyKind[]
}
