// Written by `make client-types` from the server's declarations. Do not edit it here.

/** A 64-bit id in decimal: too large for a JavaScript number. Compare with `compareIds`. */
export type Id = string

/**
 * An account, for who looks after its person. `used`: an id, of when it was last used at this site; null: not
 * lately.
 */
export interface AccountLine {
  person: Id
  login: string
  email: string
  used: Id | null
}

/** The accounts of a page of people, in no order. */
export interface AccountPage {
  accounts: AccountLine[]
}

/** Add a unit below `parent`. Units of one parent are shown by rank, then by name. */
export interface AddUnit {
  parent: Id
  name: string
  kind: UnitKind
  rank?: number
}

/** Notice: people joined. */
export interface Added {
  type: 'added'
  people: Id[]
}

/** A conversation that was made, or was there already. */
export interface Begun {
  id: Id
  pos: number
  conversation: Conversation
}

/** What these events say is larger or of another form than this program takes in. */
export interface BeyondBounds {
  code: 'beyond_bounds'
  /** Their ids, separated by commas. */
  events: string
}

export type Block = Paragraph | QuoteBlock | Code | Items | FileBlock | ImageBlock

/**
 * What a command answers: the id of its first event and the position of its last, on disk. Both are null when
 * there was nothing to change; `pos` also when another site decided it and the change is not here yet.
 */
export interface Change {
  id: Id | null
  pos: number | null
}

/** Part of my preferences. */
export interface ChangePreferences {
  locale?: Language
  theme?: 'system' | 'light' | 'dark'
  send_key?: 'enter' | 'ctrl_enter'
  density?: 'comfortable' | 'compact'
  text_scale?: number
  notify?: 'all' | 'mentions' | 'nothing'
  notify_sound?: boolean
  quiet_until?: number
}

/** Source text, shown as it is. */
export interface Code {
  type: 'code'
  text: string
  language: string
}

/** The body of a text message. */
export interface Content {
  blocks: Block[]
}

/** A conversation as one member sees it. */
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
  /** I marked it so: I will come back to it. */
  unread: boolean
  created: Id
  joined: Id
  marks: Id[]
  /** The other sites at home to members, ascending. */
  sites: number[]
  /** What I began to write, on whichever device. */
  draft: Draft | null
}

/**
 * Somebody began a conversation. A group has the event's id; a direct one the id derived from its two people.
 */
export interface ConversationCreated {
  conversation: Id
  kind: 'direct' | 'group'
  title: string
  members: MemberRole[]
}

/**
 * A conversation, its members, and by its name where each flag is that members set on messages (`pins`), the
 * last set first. `next`: after whom the next page of members begins; null: these are all.
 */
export interface ConversationPage {
  pos: number
  conversation: Conversation
  members: Member[]
  flags: Record<string, Flag[]>
  next: Id | null
}

/** How the actor wants a conversation shown; nobody else's business. */
export interface ConversationPreferencesChanged {
  conversation: Id
  muted?: boolean
  pinned?: boolean
  hidden?: boolean
  unread?: boolean
}

/** A group has a new title. */
export interface ConversationRenamed {
  conversation: Id
  title: string
}

/** Notice: the group was made. */
export interface Created {
  type: 'created'
  title: string
}

/** For how long the line is cut. */
export interface CutBody {
  seconds: number
}

/** For how many seconds the line is still cut. */
export interface CutFor {
  seconds: number
}

/** The first row that is not equal: its columns that differ, here and there. null: there is no such row. */
export interface Difference {
  what: string
  here: Record<string, string> | null
  there: Record<string, string> | null
}

/** A direct conversation to have. */
export interface DirectBody {
  kind: 'direct'
  person: Id
}

/**
 * Everybody, as of a position, or a page of them; `next`: after whom the next begins. Complete when there are no
 * more: of a large company a client holds some, and uses search.
 */
export interface Directory {
  pos: number
  people: Person[]
  complete: boolean
  next: Id | null
}

/** What I began to write in a conversation. The content stays the JSON it is stored as. */
export interface Draft {
  content: Content
  reply_to: Id | null
  /** The event that wrote it last; its id is the time. */
  id: Id
}

/** What I have written so far. As large as a message at most; blank: nothing is left of it. */
export interface DraftBody {
  content: Content
  reply_to?: Id | null
  /** The draft that I went on from, null for none. Left out: whatever is there. */
  based_on?: Id | null
}

/** A person wrote on at a draft. No content: it was sent, or given up. */
export interface DraftSet {
  person: Id
  conversation: Id
  content: Content | null
  reply_to: Id | null
  /**
   * The draft that it takes the place of. A device that shows another one shows words that are in neither: it
   * keeps them.
   */
  follows: Id | null
}

/** The new words of a message, and which ones they replace. */
export interface EditBody {
  content: Content
  based_on?: Id | null
}

/** What a field is now, and what it will be; units as paths. */
export interface FieldChange {
  field: string
  old: string
  new: string
}

/** The actor sent a file: it is in the conversation. Its bytes lie in the store of their site under `blob`. */
export interface FileAdded {
  conversation: Id
  file: Id
  media_type: string
  size: number
  version_of: Id | null
}

/** A file of the conversation, with what is shown of it before anybody opens it. */
export interface FileBlock {
  type: 'file'
  file: Id
  name: string
  /** Bytes. */
  size: number
  media_type: string
}

/** A file was taken back with the message that brought it: nobody opens it any more. */
export interface FileRemoved {
  conversation: Id
  file: Id
}

/** A message that is edited may lose files, and gets none. */
export interface FilesStay {
  code: 'files_stay'
}

/** Only a value that everybody in the unit has can be fixed for the units below. */
export interface FixedForSome {
  code: 'fixed_for_some'
}

/** A flag on a message: on which, set by whom, and by which event (its id is the time). */
export interface Flag {
  message: Id
  person: Id
  id: Id
}

/** Give a person a role over a unit and everything below it. */
export interface GiveGrant {
  person: Id
  role: string
  unit: Id
}

/** A person got a role over a unit and everything below it. */
export interface GrantGiven {
  grant: Id
  person: Id
  role: string
  unit: Id
}

/** The roles that hold in a unit: first those given above it, then those of the unit and below. */
export interface GrantList {
  grants: HeldGrant[]
}

/** A role was taken back. */
export interface GrantRevoked {
  grant: Id
  person: Id
}

/** A group to make. */
export interface GroupBody {
  kind: 'group'
  title: string
  members: Id[]
}

/** A permission somebody holds over a unit and everything below it. */
export interface Held {
  permission: string
  unit: Id
}

/** A grant as it is seen from a unit: given there or below, or inherited, that is given above it. */
export interface HeldGrant {
  id: Id
  person: Id
  role: string
  unit: Id
  inherited: boolean
}

/** A text that would change how what stands around it is shown. */
export interface HoldsControls {
  code: 'holds_controls'
}

/** The site a person is at home at, and where browsers open it. */
export interface Home {
  site: number
  name: string
  address: string
}

/** A site's number; null: where the unit above is. */
export interface HomeBody {
  site: number | null
}

/** A unit and what is below it are at home at a site; null: as the unit above. */
export interface HomeSet {
  unit: Id
  site: number | null
}

/** Where the units are at home, and what leaves there, as of a position. */
export interface Homes {
  pos: number
  homes: UnitHome[]
  policies: Policy[]
}

/** A file that is shown as a picture, and how much room it takes. */
export interface ImageBlock {
  type: 'image'
  file: Id
  name: string
  size: number
  media_type: string
  /** Pixels, as it is shown: turned as it says. */
  width: number
  height: number
}

/** A unit or a person that an import adds or changes. */
export interface ImportChange {
  what: 'unit' | 'person'
  fate: 'added' | 'changed'
  /** The person's present name, or the path of the unit. */
  name: string
  login: string
  /** Where a new person will work, as a path. */
  unit: string
  fields: FieldChange[]
}

/** What an import did, or would do. */
export interface ImportOutcome {
  rows: number
  units_added: number
  units_changed: number
  people_added: number
  people_changed: number
  people_unchanged: number
  bad_rows: ImportRow[]
  /** Login and generated password of each new person for whom the file had none. They are told this once. */
  passwords: ([string, string])[]
  /** The name of each of these people, in the same order. */
  names: string[]
  /** Columns of the file that nothing was read from. */
  passed_over: string[]
  /** Rows that can be imported, and should be looked at before. */
  warnings: ImportRow[]
  /** Of a dry run: whatever changes, those first that are here already, then those that are new. */
  changes: ImportChange[]
  dry_run: boolean
}

/**
 * A row that cannot be imported, or one to look at twice. `line` counts from 1, as editors and spreadsheets do.
 */
export interface ImportRow {
  line: number
  /** In English, for the command line; clients word `code` with `params`. */
  reason: string
  code: RowCode
  column: string
  params: Record<string, string | number>
  /** Of the code `rule`: what the rule of the column says. */
  why: Reason | null
}

/** Why joining does not go on: an error, without its parameters. */
export interface InTheWay {
  code: string
  title: string
  detail: string
  hint: string
}

/** What the server that is invited is started with, once; until then. */
export interface Invitation {
  site: number
  token: string
  expires_ms: number
}

/** The site to invite: a new one by its name, or with `site` the one to build again. */
export interface InvitationBody {
  name: string
  site?: number | null
  address?: string | null
}

/**
 * A list with bullets or numbers. A list inside another is a block of its own, and so is what follows it there.
 */
export interface Items {
  type: 'list'
  ordered: boolean
  items: Span[][]
  /** The number of the first item. */
  start?: number
  /** How many lists it stands in. */
  indent?: number
}

/** The token that headquarters made. */
export interface JoinBody {
  token: string
  /** What the server printed at its start. */
  code?: string
}

/** How far joining has come, as `GET /api/setup` tells it. */
export interface Joining {
  site: number
  name: string
  phase: Phase
  /** Positions of headquarters' log that are here. */
  done: number
  total: number
  problem: InTheWay | null
}

/** The site that this server becomes. It starts anew with its number meanwhile: ask `GET /api/setup`. */
export interface JoiningBegun {
  site: number
  name: string
}

/** One event that is kept back. */
export interface KeptBackEvent {
  id: Id
  site: number
  actor: Id | null
  type: string
  /** Why: `not_at_home`, `stranger`, `not_a_member`, … (`bilin.core.claims`). */
  reason: string
  /** When it says that it happened, Unix milliseconds. */
  written_ms: number
  arrived_ms: number
  conversation: Id | null
}

/** The first of what is kept back, oldest first; `more`: ask again after the last. */
export interface KeptBackPage {
  events: KeptBackEvent[]
  more: boolean
}

export type Language = 'zh-CN' | 'en'

export type Leaves = 'everything' | 'shared' | 'nothing'

/** Notice: the sender left. */
export interface Left {
  type: 'left'
}

/**
 * Text that leads somewhere: http, https (no login) or mailto. Where the text is blank the address is shown.
 */
export interface Link {
  type: 'link'
  text: string
  href: string
  marks?: Mark[]
}

/**
 * A login that sites gave several times while they were cut off from each other. The first of these people signs
 * in with it, the others cannot until they get another one.
 */
export interface LoginConflict {
  login: string
  people: Id[]
}

/** What a command answers that makes something here: `id` names it. */
export interface Made {
  id: Id
  pos: number
}

/** The same where another site may have made it: `pos` is null when it is not here yet. */
export interface MadeByOwner {
  id: Id
  pos: number | null
}

export type Mark = 'bold' | 'italic' | 'code' | 'strike'

/** Where something stands in a text: from, up to; in UTF-16 code units, as browsers count. */
export interface MarkedRange {
  start: number
  end: number
}

/** Who is signed in, and what they may do. */
export interface Me {
  person: PersonCard
  login: string
  permissions: Held[]
  preferences: Preferences
  session: Id
  /** What holds for the person, by name: `messaging.recall_window_s`. */
  policies: Record<string, boolean | number | string>
  /** The language that an administrator set for where they work. */
  unit_locale: Language | null
  /** The session was opened with a password that somebody else gave: it can do nothing but choose another. */
  must_change_password: boolean
}

export type Measure = 'seconds' | 'days' | 'characters' | 'people' | 'a_minute' | 'megabytes' | 'none'

/** Somebody in a conversation. */
export interface Member {
  person: Id
  role: Role
  /** Since when, without a break. */
  joined: Id
  read_seq: number
  /** Up to where they read, at other sites, what began at each site. */
  marks: Id[]
}

/** Somebody is no longer in a group; they left by themselves when they are the actor. */
export interface MemberRemoved {
  conversation: Id
  person: Id
}

/** A member of a new conversation. */
export interface MemberRole {
  person: Id
  role: Role
}

/** A member of a group became an admin, or is an admin no more. */
export interface MemberRoleChanged {
  conversation: Id
  person: Id
  role: Role
}

/** People joined a group, with the role of a member. */
export interface MembersAdded {
  conversation: Id
  people: Id[]
}

/** Some members, by id, and after whom the next page begins; null: there are no more. */
export interface MembersPage {
  pos: number
  members: Member[]
  next: Id | null
}

/** A person called by name. The server writes the name, as it is then; it is kept. */
export interface Mention {
  type: 'mention'
  person: Id
  name: string
}

/** Everybody in the conversation is called. */
export interface MentionAll {
  type: 'mention_all'
}

/**
 * A line of the timeline: text of a person, or a notice of what happened to the conversation. `content` is kept
 * as the JSON it is stored as: nobody on its way needs to read it.
 */
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
  recalled: Recall | null
  reactions: Reaction[]
  mentions: Id[]
  mentions_all: boolean
  /** When it came from another site, as an id (a time), if that was late. */
  arrived: Id | null
  /** The event by which I marked it for later. */
  starred: Id | null
}

/** The sender changed the words of a message. */
export interface MessageEdited {
  conversation: Id
  message: Id
  content: Content
  mentions: Id[]
  mentions_all: boolean
}

/** A page of a timeline, ascending by id. */
export interface MessagePage {
  pos: number
  messages: Message[]
  more_before: boolean
  more_after: boolean
}

/** The sender, an owner or an admin took a message back: its words are gone, its place stays. */
export interface MessageRecalled {
  conversation: Id
  message: Id
}

/** The actor said something. The message has the event's id. */
export interface MessageSent {
  conversation: Id
  content: Content
  reply_to: Quote | null
  mentions: Id[]
  mentions_all: boolean
  /** Of each other site the newest message that the actor had before them: sending is reading. */
  seen?: Id[]
}

/** It has to be given. */
export interface Missing {
  code: 'missing'
}

/** How one module compares: how many rows were found equal, and the first that is not. */
export interface ModuleVerdict {
  module: string
  equal: boolean
  compared: number
  difference: Difference | null
}

/** A thing that was found by its name: a person, a conversation. */
export interface NamedHit {
  kind: string
  id: Id
  name: string
  /** What else tells which one it is: the title of a person. */
  about: string
}

/** What somebody said just before or after what was found. */
export interface NearbyLine {
  sender: Id
  text: string
}

/** A name that nobody could speak. */
export interface NoLetter {
  code: 'no_letter'
}

/** `before:` or `after:` with what is no day. */
export interface NoSuchDay {
  code: 'no_such_day'
  written: string
}

/** A filter with a value that it does not have. */
export interface NoSuchValue {
  code: 'no_such_value'
  filter: string
  written: string
  /** Separated by commas. */
  values: string
}

/** A filter that says nothing. */
export interface NoValue {
  code: 'no_value'
  filter: string
}

/** A person is mentioned who does not exist. */
export interface NobodyThere {
  code: 'nobody_there'
}

/** An Idempotency-Key is short and has printable ASCII characters only. */
export interface NotAKey {
  code: 'not_a_key'
  most: number
}

/** Links lead to http, https or mailto addresses. */
export interface NotALink {
  code: 'not_a_link'
}

/** A policy is for everybody, for who has a role, or for who has a post. */
export interface NotASubject {
  code: 'not_a_subject'
}

/** It has other signs than telephone numbers have. */
export interface NotATelephone {
  code: 'not_a_telephone'
}

/** Where browsers open a site is http(s)://host[:port], without a path. */
export interface NotAnAddress {
  code: 'not_an_address'
}

/** It does not have the shape of an address. */
export interface NotAnEmail {
  code: 'not_an_email'
}

/** It is of another type than the description of the interface says; `problem` says how, in English. */
export interface NotAsDescribed {
  code: 'not_as_described'
  problem: string
}

/** What a message says of a file is not what was uploaded. */
export interface NotAsUploaded {
  code: 'not_as_uploaded'
}

/** Too few ids, too many, or something else. */
export interface NotIds {
  code: 'not_ids'
  most: number
}

/** A reaction is one emoji, no words. */
export interface NotOneEmoji {
  code: 'not_one_emoji'
}

/** Only some values may stand there. */
export interface NotOneOf {
  code: 'not_one_of'
  /** Separated by commas. */
  values: string
}

/** It holds a character that does not show. `sign` is its code point: U+202E. */
export interface NotShown {
  code: 'not_shown'
  sign: string
}

/** A query without a word, number or filter: marks alone are not looked for. */
export interface NothingToFind {
  code: 'nothing_to_find'
}

/** A message that nobody would see. */
export interface NothingToSee {
  code: 'nothing_to_see'
}

export type Notice = Created | Renamed | Added | Removed | Left | OwnerIs | RoleIs

/** A direct conversation is with somebody else. */
export interface Oneself {
  code: 'oneself'
}

/** Of these fields one is to be given. */
export interface OnlyOneOf {
  code: 'only_one_of'
  /** Separated by commas. */
  names: string
}

/** A unit below another one is of another kind. */
export interface OnlyRootIsCompany {
  code: 'only_root_is_company'
}

/** A session was opened. A program that asked for it gets tokens; browsers have cookies. */
export interface OpenedSession {
  session: Id
  me: Me
  token?: string
  /**
   * Sent along with the next sign-in, it makes the program known as a device: guesses made elsewhere do not keep
   * it out.
   */
  device_token?: string
}

/** A number that is too small or too large. */
export interface OutOfRange {
  code: 'out_of_range'
  least: number
  most: number
}

/** How many values of its own a unit has. */
export interface OwnCount {
  unit: Id
  own: number
}

/** One's own password is changed in another way, which asks for the present one. */
export interface OwnPassword {
  code: 'own_password'
}

/** A unit below with a value of its own, for everybody in it. */
export interface OwnPolicy {
  unit: Id
  value: boolean | number | string
}

/** Somebody. */
export interface OwnerBody {
  person: Id
}

/** A group has a new owner; the owner before is now a member. */
export interface OwnerChanged {
  conversation: Id
  person: Id
}

/** Notice: the group has a new owner. */
export interface OwnerIs {
  type: 'owner'
  person: Id
}

/** A paragraph. */
export interface Paragraph {
  type: 'paragraph'
  spans: Span[]
}

/** My present password and the new one. */
export interface PasswordBody {
  old: string
  new: string
}

/** People to add. */
export interface PeopleBody {
  people: Id[]
}

/** The people who are found, the best match first. */
export interface PeopleFound {
  people: Person[]
}

/** Some people, by name, and where the next page begins; null: there are no more. */
export interface PeoplePage {
  people: Person[]
  next: Id | null
}

/** A person, as shown in lists and beside messages. */
export interface Person {
  id: Id
  name: string
  /** "zhang wei"; empty for names without Chinese, as are the initials. */
  pinyin: string
  initials: string
  title: string
  unit: Id
  /** The nearest unit of kind company or branch that holds the main unit. */
  branch: Id
  active: boolean
}

/**
 * A person joined the company. `units` are all their posts, the main one first. How to reach somebody is asked
 * for, since events of who left stay in the log.
 */
export interface PersonAdded {
  person: Id
  name: string
  title: string
  unit: Id
  units: Post[]
}

/** A new colleague. `units` are further posts. */
export interface PersonBody {
  name: string
  login: string
  unit: Id
  password?: string | null
  email?: string
  phone?: string
  title?: string
  units?: Post[]
}

/** Everything colleagues may know of a person. */
export interface PersonCard {
  id: Id
  name: string
  pinyin: string
  initials: string
  title: string
  unit: Id
  branch: Id
  active: boolean
  email: string
  phone: string
  units: Post[]
}

/** What changing a person answers. `login`: after a new password, to be handed over together with it. */
export interface PersonChange {
  id: Id | null
  pos: number | null
  login?: string | null
}

/** Facts about a person changed; what did not change is left out. `units`, when given, replaces all posts. */
export interface PersonChanged {
  person: Id
  name?: string
  title?: string
  unit?: Id
  units?: Post[]
}

/** What to change of a colleague. */
export interface PersonChanges {
  name?: string
  login?: string
  password?: string
  email?: string
  phone?: string
  title?: string
  unit?: Id
  units?: Post[]
}

/** A person left or was locked out: no sign-in, no sessions; what they wrote stays. */
export interface PersonDeactivated {
  person: Id
}

/** A deactivated person may sign in again. */
export interface PersonReactivated {
  person: Id
}

export type Phase = 'connecting' | 'copying' | 'following' | 'refused'

/** The actor pinned a message to its conversation, or took it off. */
export interface PinSet {
  conversation: Id
  message: Id
  present: boolean
}

/** A pinned message: which, by whom, and by which event (its id is the time). */
export interface PinnedMessage {
  message: Message
  person: Id
  id: Id
}

/** All that is pinned in a conversation, the last pinned first. */
export interface Pins {
  pos: number
  pins: PinnedMessage[]
}

/**
 * All policies as they stand in a unit, and how many values of their own the units have that who asks manages.
 */
export interface PoliciesOfUnit {
  pos: number
  unit: Id
  policies: PolicyView[]
  counts: OwnCount[]
}

/** What leaves a unit's home, for these kinds; units below inherit it, and the nearest one above counts. */
export interface Policy {
  unit: Id
  leaves: Leaves
  kinds: PolicyKind[]
}

/** What leaves, of these kinds; none: as the unit above says. */
export interface PolicyBody {
  leaves: Leaves
  kinds: PolicyKind[]
}

/** What would change. Counted on who works where now. */
export interface PolicyEffect {
  pos: number
  /** What would count in the unit. */
  value: boolean | number | string
  /** Units in which another value would count. */
  units: number
  /** Active people for whom another value would count. */
  people: number
  /** Units below that would keep a value of their own. */
  kept: OwnPolicy[]
  /** Units below whose own value would no longer count. */
  ended: OwnPolicy[]
}

/** Why a policy is what it is in a unit: from the company down, then who below follows and who differs. */
export interface PolicyExplanation {
  pos: number
  policy: PolicyView
  steps: PolicyStep[]
  /** What units below say of their own. */
  below: PolicySaid[]
  following_units: number
  /** Units below, and people in them and here, for whom this unit's value counts. */
  following_people: number
  /** What this unit ever said, newest first. */
  history: PolicySaid[]
}

export type PolicyKind = 'conversation' | 'session' | 'presence'

/** Why a policy is what it is for a person. */
export interface PolicyOfPerson {
  pos: number
  person: Id
  unit: Id
  value: boolean | number | string
  default: boolean | number | string
  said: PolicySaid | null
  steps: PolicyStep[]
}

/** What was set of one policy, by whom, when (`id` is a time) and why. */
export interface PolicySaid {
  id: Id
  unit: Id
  /** Whom in the unit: everybody (empty), who has a role (`role:admin`), or a post (`post:` and its title). */
  subject: string
  /** null: it is inherited again. */
  value: boolean | number | string | null
  /** Units below may not have another. */
  locked: boolean
  reason: string
  /** null: the program itself. */
  person: Id | null
}

/** What leaves the home of a unit's people; no kinds: as the unit above says. */
export interface PolicySet {
  unit: Id
  leaves: Leaves
  kinds: PolicyKind[]
}

export type PolicyState = 'counts' | 'replaced' | 'locked_out' | 'for_others'

/** A value on the way from the company to the unit. */
export interface PolicyStep {
  said: PolicySaid
  state: PolicyState
}

/** What is to hold in a unit and below it; null: as the unit above says. For everybody there, or for some. */
export interface PolicyValueBody {
  value: boolean | number | string | null
  /** Whom in the unit: everybody (empty), who has a role (`role:admin`), or a post (`post:` and its title). */
  subject?: string
  /** Units below may not have another. */
  locked?: boolean
  reason?: string
}

/** A policy as it stands in a unit. */
export interface PolicyView {
  name: string
  /** In English, as in the settings file; clients have words of their own for those they know. */
  meaning: string
  kind: 'number' | 'switch' | 'choice'
  measure: Measure
  least: number | null
  most: number | null
  choices: string[]
  /** What counts for everybody in the unit of whom nothing else is said. */
  value: boolean | number | string
  /** What counts at this site where nobody set anything. */
  default: boolean | number | string
  /** Where the value comes from: set here, or in a unit above. null: the default. */
  said: PolicySaid | null
  /** What was set here for everybody, whether or not it counts. */
  own: PolicySaid | null
  /** The unit above that fixed the value. */
  locked_by: Id | null
  /** What was set here for some roles or posts. */
  special: PolicySaid[]
  /** Units below that say something of their own. */
  below: number
}

/** One place of a person in the organisation. Everybody has one main post. */
export interface Post {
  unit: Id
  title: string
  main: boolean
}

/** How a person wants the program to look and behave, on all their devices. */
export interface Preferences {
  /** null: never chosen. Then that of the unit counts, else that of the device. */
  locale: Language | null
  theme: 'system' | 'light' | 'dark'
  send_key: 'enter' | 'ctrl_enter'
  density: 'comfortable' | 'compact'
  text_scale: number
  /** What calls a person who looks elsewhere; "mentions": what is said to them alone and what names them. */
  notify: 'all' | 'mentions' | 'nothing'
  notify_sound: boolean
  /** Nothing calls before (ms since 1970). */
  quiet_until: number
}

/** What to change; the rest stays. */
export interface PreferencesBody {
  muted?: boolean
  pinned?: boolean
  hidden?: boolean
  unread?: boolean
}

/** The actor changed some of their own preferences; what did not change is left out. */
export interface PreferencesChanged {
  locale?: Language
  theme?: 'system' | 'light' | 'dark'
  send_key?: 'enter' | 'ctrl_enter'
  density?: 'comfortable' | 'compact'
  text_scale?: number
  notify?: 'all' | 'mentions' | 'nothing'
  notify_sound?: boolean
  quiet_until?: number
}

/** The message that is answered, as it was when answering. */
export interface Quote {
  id: Id
  sender: Id
  text: string
  recalled: boolean
}

/** Words of somebody else, set apart. */
export interface QuoteBlock {
  type: 'quote'
  spans: Span[]
}

/** One emoji under a message: who, and the event of each, in the order they came. */
export interface Reaction {
  emoji: string
  people: Id[]
  ids: Id[]
}

/** The actor put an emoji under a message, or took it away. */
export interface ReactionSet {
  conversation: Id
  message: Id
  emoji: string
  present: boolean
}

/** The message up to which I have read. */
export interface ReadBody {
  through: Id
}

/**
 * The actor has read up to a message. The other members are told in small conversations only (`shared`). What
 * arrived before it is another thing at each site, so the event names the newest message read of each.
 */
export interface ReadMarked {
  conversation: Id
  through: Id
  shared: boolean
  /** Of each site the newest message that was read; null: of the site of `through` alone, that. */
  seen?: Id[] | null
}

/** The other members by whether they have read a message. */
export interface Readers {
  read: Id[]
  unread: Id[]
}

/** Who took a message back, and when (the id is a time). */
export interface Recall {
  by: Id
  id: Id
}

/** Notice: somebody was removed. */
export interface Removed {
  type: 'removed'
  person: Id
}

/** Notice: the group has a new title. */
export interface Renamed {
  type: 'renamed'
  title: string
}

export type Role = 'owner' | 'admin' | 'member'

/** A role to give. */
export interface RoleBody {
  role: Role
}

/** Notice: somebody has a new role. */
export interface RoleIs {
  type: 'role'
  person: Id
  role: Role
}

export type RowCode = 'too_many_cells' | 'cell_too_long' | 'missing' | 'stands_already' | 'not_the_company' | 'too_deep' | 'unknown_kind' | 'other_kind' | 'twice' | 'too_many' | 'changed_number' | 'changed_value' | 'failed_cell' | 'formula' | 'empty_level' | 'alike' | 'zeros' | 'rounded' | 'rule'

/** The password that somebody else gave is to be replaced by another one. */
export interface SameAsGiven {
  code: 'same_as_given'
}

export type SearchFilter = 'from' | 'in' | 'before' | 'after' | 'has' | 'type'

/** What was found, the newest first. */
export interface SearchPage {
  /** What was looked for, as it is compared. */
  words: string[]
  filters: UnderstoodFilter[]
  messages: TextHit[]
  /** The last message that was looked at: `before` of the next page. Null: everything was. */
  next: Id | null
  /** People and conversations; of the first page alone. */
  named: NamedHit[]
  away: SiteAway[]
  /** Events that are not in the index yet: it is being made. */
  behind: number
}

/** Everybody has one main unit. */
export interface SecondMainUnit {
  code: 'second_main_unit'
}

/** A message to send. */
export interface SendBody {
  content: Content
  reply_to?: Id | null
  /** My draft of this conversation that ends with it. */
  draft?: Id | null
}

/** Sign-ins that have not ended. */
export interface SessionList {
  sessions: SessionView[]
}

/**
 * A person signed in. `token_sha256` (hex) recognises the session's token and cannot be turned back into it.
 */
export interface SessionOpened {
  session: Id
  person: Id
  device: string
  address: string
}

/** A session ended: signed out, revoked from another device, or ended with a password or an account. */
export interface SessionRevoked {
  session: Id
  person: Id
}

/** One of my sign-ins. `created` and `last_used` are ids, which are times. */
export interface SessionView {
  id: Id
  current: boolean
  device: string
  address: string
  created: Id
  last_used: Id
}

/** Which events, and whether they are believed from now on; otherwise they are dropped for good. */
export interface SettleBody {
  events: Id[]
  accepted: boolean
}

/** The company and its first administrator. */
export interface SetupBody {
  company: string
  name: string
  login: string
  password: string
  locale?: Language
  /** What the server printed at its start. */
  code?: string
}

/** Whether this server still has to be set up, and what became of it. */
export interface SetupState {
  needed: boolean
  company: string | null
  /** How far joining another site has come; null where nothing joins. */
  joining: Joining | null
}

/**
 * Login and password. A program asks for a token with `bearer`; a browser gets a cookie. `device_token`: what a
 * program was given with its last one.
 */
export interface SignInBody {
  login: string
  password: string
  device?: string
  bearer?: boolean
  device_token?: string
}

/**
 * The company has a site of this number. It is there once it has joined; the founding site is from the start.
 */
export interface SiteAdded {
  site: number
  name: string
  address: string
}

export type SiteAlert = 'unreachable' | 'behind' | 'clock_off' | 'versions_apart' | 'held' | 'kept_back' | 'audit_changed' | 'audit_set_back'

/** A site that has what may not be here yet: messages written there by people of my conversations. */
export interface SiteAway {
  site: number
  name: string
  /**
   * Unix milliseconds since when it cannot be reached; null: it is reached, and earlier messages are still coming.
   */
  since_ms: number | null
}

/** A site has another name, or browsers reach it elsewhere; what did not change is left out. */
export interface SiteChanged {
  site: number
  name?: string
  address?: string
}

/** What to change of a site. */
export interface SiteChanges {
  name?: string
  address?: string
}

/** A site of the company, as everybody may know it. */
export interface SiteInfo {
  number: number
  name: string
  /** Where browsers open it; empty: not said. */
  address: string
  state: SiteState
  reachable: boolean
}

/**
 * A server used the invitation and is this site now. `nonce_sha256` (hex) recognises it if the answer was lost.
 */
export interface SiteJoined {
  site: number
}

/** The sites of the company by number; this one is `here`. */
export interface SiteList {
  here: number
  sites: SiteInfo[]
}

/** How one site is. What is of other sites only is null for this one. */
export interface SiteReport {
  number: number
  name: string
  address: string
  state: SiteState
  reachable: boolean
  version: string | null
  last_contact_ms: number | null
  clock_offset_ms: number | null
  round_trip_ms: number | null
  /** Positions of its log that are not followed here. */
  behind_events: number
  behind_s: number
  /** Positions of this log that it has not followed. */
  ahead_events: number
  ahead_s: number
  position: [number, number] | null
  followed_pos: number
  needs: number
  bytes_in: number
  bytes_out: number
  held: Trouble | null
  /** Events of it that it may not say: judged again when more is known, and shown to administrators. */
  kept_back: number
  kept_back_since_ms: number | null
  alerts: SiteAlert[]
}

/** The site is closed for good. Units that had their home there have it at the founding site from now on. */
export interface SiteRetired {
  site: number
}

/** Access of the site ended: no invitation older than this event is good any more. It may be invited again. */
export interface SiteRevoked {
  site: number
}

export type SiteState = 'invited' | 'joined' | 'revoked' | 'retired'

/** How the sites are. */
export interface SitesStatus {
  here: number
  pos: number
  /** Seconds for which the line is still cut on purpose; 0: it is not. */
  cut_s: number
  sites: SiteReport[]
  /** Logins that two sites gave to different people while they were cut off from each other. */
  login_conflicts: LoginConflict[]
}

/** The name of a unit with the sign that separates units in a path. */
export interface Slash {
  code: 'slash'
}

export type Span = Text | Link | Mention | MentionAll

/** A message that I marked. */
export interface Star {
  /** The event that marked it; its id is the time. */
  id: Id
  conversation: Id
  message: Id
  /** Null when I am no longer in the conversation: it can no longer be read. */
  shown: Message | null
}

/** A person marked a message for later, or took the mark off. */
export interface StarSet {
  person: Id
  conversation: Id
  message: Id
  present: boolean
}

/** A page of what I marked, the last marked first. */
export interface Stars {
  stars: Star[]
  more: boolean
}

/**
 * `run` and `pos` are where the log is followed from. `people` are those whose names the conversation list
 * shows; others are asked for when they are met. `next`: after which conversation the next page begins; null:
 * there are no more.
 */
export interface Sync {
  run: Id
  pos: number
  site: string
  here: number
  home: Home
  me: Me
  company: Unit | null
  conversations: Conversation[]
  people: Person[]
  next: Id | null
}

/** A login that somebody has. */
export interface Taken {
  code: 'taken'
}

/** A run of text with the same marks. */
export interface Text {
  type: 'text'
  text: string
  marks?: Mark[]
}

/** A message that was found: the part of its text that shows why, and what was said around it. */
export interface TextHit {
  id: Id
  conversation: Id
  sender: Id
  text: string
  marks: MarkedRange[]
  before: NearbyLine | null
  after: NearbyLine | null
}

/** A new title. */
export interface TitleBody {
  title: string
}

/** It is on the list of common passwords. */
export interface TooCommon {
  code: 'too_common'
}

/** It takes too many bytes. */
export interface TooLarge {
  code: 'too_large'
  most: number
}

/** It has too many characters. */
export interface TooLong {
  code: 'too_long'
  most: number
}

/** More things than may be named. */
export interface TooMany {
  code: 'too_many'
  most: number
}

/** A message with too many characters, or too many spans and list items. */
export interface TooMuch {
  code: 'too_much'
  chars: number
  parts: number
}

/** It is made of words that everybody knows of the person. */
export interface TooPersonal {
  code: 'too_personal'
}

/** It is a run of the keyboard, or repeats itself. */
export interface TooRegular {
  code: 'too_regular'
}

/** It has too few characters. */
export interface TooShort {
  code: 'too_short'
  least: number
}

/** An error that lasts: its code and what it said. */
export interface Trouble {
  code: string
  detail: string
}

/** A filter as it was understood. */
export interface UnderstoodFilter {
  filter: SearchFilter
  /** As it was written. */
  value: string
  negative: boolean
  /** The people or conversations it names; empty: nobody is called so. */
  ids: Id[]
}

/** From where on: a position of this log, or a time (Unix milliseconds) at which it came here. */
export interface UndoBody {
  since_ms?: number | null
  since_pos?: number | null
  /** Also decide about what is kept back of the site. */
  accept_kept_back?: boolean | null
  dry_run?: boolean
}

/** What would be done, or was. */
export interface Undone {
  site: number
  /** Events of the site, by type. */
  wrote: Record<string, number>
  /** Those that cannot be undone, or need not be. */
  stays: Record<string, number>
  /** What puts the rest back, by type. */
  events: Record<string, number>
  kept_back: number
  /** There is more: do it again. */
  more: boolean
  done: boolean
}

/** A unit of the organisation: the company itself, a branch, a department or a team. */
export interface Unit {
  id: Id
  parent: Id | null
  name: string
  kind: UnitKind
  path: string
  rank: number
  /** Active people in the unit and everything below it. */
  people: number
  /** The language of those here and below who have not chosen one; null: that of the unit above. */
  locale: Language | null
}

/** A unit was added below another one; the company itself has no parent. */
export interface UnitAdded {
  unit: Id
  parent: Id | null
  name: string
  kind: UnitKind
  rank: number
}

/** A unit got another name, kind, rank, parent or language; what did not change is left out. */
export interface UnitChanged {
  unit: Id
  parent?: Id
  name?: string
  kind?: UnitKind
  rank?: number
  /** The language of those here and below who have not chosen one; null: that of the unit above. */
  locale?: Language | null
}

/** What to change of a unit. */
export interface UnitChanges {
  parent?: Id
  name?: string
  kind?: UnitKind
  rank?: number
  locale?: Language | null
}

/** Where a unit is at home. `set`: that was said of the unit itself, else of one above it. */
export interface UnitHome {
  unit: Id
  site: number
  set: boolean
}

export type UnitKind = 'company' | 'branch' | 'department' | 'team'

/** An empty unit was removed, for good. */
export interface UnitRemoved {
  unit: Id
}

/** A person has one post in a unit. */
export interface UnitTwice {
  code: 'unit_twice'
}

/** The organisation as of a position. */
export interface Units {
  pos: number
  units: Unit[]
}

/** A file on its way to this site, or that waits here to be sent. */
export interface UploadView {
  id: Id
  name: string
  size: number
  media_type: string
  /** Bytes that are here. All of them are: it can be sent. */
  received: number
  has_ended: boolean
  /** Then it goes, if it was not sent; Unix milliseconds. */
  expires_ms: number
}

/**
 * A policy of a unit, and of what is below it, got a value; none: it is inherited again. Of two the one with the
 * higher id counts. Clients are sent which policy of which unit it is, and ask when they want to know more.
 */
export interface ValueSet {
  policy: string
  unit: Id
}

/** How another site compares. `moving`: they changed meanwhile, or had not followed each other in time. */
export interface Verdict {
  site: number
  equal: boolean
  moving: boolean
  modules: ModuleVerdict[]
}

/** Which site to compare with. */
export interface VerifyBody {
  site: number
}

/** It is empty or has too many characters. */
export interface WrongLength {
  code: 'wrong_length'
  least: number
  most: number
}

/** Too few things are named, or too many. */
export interface WrongNumber {
  code: 'wrong_number'
  least: number
  most: number
}

/** A login of other signs than letters, digits and a few more. */
export interface WrongSigns {
  code: 'wrong_signs'
  signs: string
}

/** Why a field is refused. */
export type Reason =
  | BeyondBounds
  | FilesStay
  | FixedForSome
  | HoldsControls
  | Missing
  | NoLetter
  | NoSuchDay
  | NoSuchValue
  | NoValue
  | NobodyThere
  | NotAKey
  | NotALink
  | NotASubject
  | NotATelephone
  | NotAnAddress
  | NotAnEmail
  | NotAsDescribed
  | NotAsUploaded
  | NotIds
  | NotOneEmoji
  | NotOneOf
  | NotShown
  | NothingToFind
  | NothingToSee
  | Oneself
  | OnlyOneOf
  | OnlyRootIsCompany
  | OutOfRange
  | OwnPassword
  | SameAsGiven
  | SecondMainUnit
  | Slash
  | Taken
  | TooCommon
  | TooLarge
  | TooLong
  | TooMany
  | TooMuch
  | TooPersonal
  | TooRegular
  | TooShort
  | UnitTwice
  | WrongLength
  | WrongNumber
  | WrongSigns

/**
 * The `data` of every event that a client may be sent. docs/administrators/merge-rules.md explains what wins.
 */
export interface EventData {
  /** Merges: the later change counts (conversation, file). Goes to: sites of the members. */
  'files.file_added': FileAdded
  /** Merges: taking away wins (conversation, file). Goes to: sites of the members. */
  'files.file_removed': FileRemoved
  /** Merges: one site decides (unit). Goes to: every site. */
  'identity.grant_given': GrantGiven
  /** Merges: one site decides (unit). Goes to: every site. */
  'identity.grant_revoked': GrantRevoked
  /** Merges: the later change counts (actor, field). Goes to: every site. */
  'identity.preferences_changed': PreferencesChanged
  /** Merges: everything is kept. Goes to: every site, if policy lets it. */
  'identity.session_opened': SessionOpened
  /** Merges: taking away wins (session). Goes to: every site, if policy lets it. */
  'identity.session_revoked': SessionRevoked
  /** Merges: everything is kept. Goes to: sites of the members. */
  'messaging.conversation_created': ConversationCreated
  /** Merges: the later change counts (actor, conversation, field). Goes to: sites of the members. */
  'messaging.conversation_preferences_changed': ConversationPreferencesChanged
  /** Merges: the later change counts (conversation). Goes to: sites of the members. */
  'messaging.conversation_renamed': ConversationRenamed
  /** Merges: the later change counts (person, conversation). Goes to: the person's home. */
  'messaging.draft_set': DraftSet
  /** Merges: the later change counts (conversation, person). Goes to: sites of the members. */
  'messaging.member_removed': MemberRemoved
  /** Merges: the later change counts (conversation, person). Goes to: sites of the members. */
  'messaging.member_role_changed': MemberRoleChanged
  /** Merges: the later change counts (conversation, person). Goes to: sites of the members. */
  'messaging.members_added': MembersAdded
  /** Merges: the later change counts (message). Goes to: sites of the members. */
  'messaging.message_edited': MessageEdited
  /** Merges: taking away wins (message). Goes to: sites of the members. */
  'messaging.message_recalled': MessageRecalled
  /** Merges: everything is kept. Goes to: sites of the members. */
  'messaging.message_sent': MessageSent
  /** Merges: the later change counts (conversation). Goes to: sites of the members. */
  'messaging.owner_changed': OwnerChanged
  /** Merges: the later change counts (conversation, message). Goes to: sites of the members. */
  'messaging.pin_set': PinSet
  /** Merges: the later change counts (conversation, message, actor, emoji). Goes to: sites of the members. */
  'messaging.reaction_set': ReactionSet
  /** Merges: it only moves forward (conversation, actor). Goes to: sites of the members. */
  'messaging.read_marked': ReadMarked
  /** Merges: the later change counts (person, message). Goes to: the person's home. */
  'messaging.star_set': StarSet
  /** Merges: one site decides (person). Goes to: every site. */
  'org.person_added': PersonAdded
  /** Merges: one site decides (person). Goes to: every site. */
  'org.person_changed': PersonChanged
  /** Merges: one site decides (person). Goes to: every site. */
  'org.person_deactivated': PersonDeactivated
  /** Merges: one site decides (person). Goes to: every site. */
  'org.person_reactivated': PersonReactivated
  /** Merges: one site decides (unit). Goes to: every site. */
  'org.unit_added': UnitAdded
  /** Merges: one site decides (unit). Goes to: every site. */
  'org.unit_changed': UnitChanged
  /** Merges: one site decides (unit). Goes to: every site. */
  'org.unit_removed': UnitRemoved
  /** Merges: one site decides (policy, unit, subject). Goes to: every site. */
  'policies.value_set': ValueSet
  /** Merges: the later change counts (unit). Goes to: every site. */
  'sites.home_set': HomeSet
  /** Merges: the later change counts (unit). Goes to: every site. */
  'sites.policy_set': PolicySet
  /** Merges: everything is kept. Goes to: every site. */
  'sites.site_added': SiteAdded
  /** Merges: the later change counts (site, field). Goes to: every site. */
  'sites.site_changed': SiteChanged
  /** Merges: the later change counts (site). Goes to: every site. */
  'sites.site_joined': SiteJoined
  /** Merges: taking away wins (site). Goes to: every site. */
  'sites.site_retired': SiteRetired
  /** Merges: it only moves forward (site). Goes to: every site. */
  'sites.site_revoked': SiteRevoked
}

/** Events that sites tell each other and followers see, and no client is sent. */
export type FollowersOnly =
  /**
   * A person got an account with a login (case-folded, the only one of its kind in this site). Merges: one site
   * decides (person). Goes to: every site.
   */
  | 'identity.account_created'
  /**
   * A person proved with their password, to the site they are at home at (or the founding one), that they are at
   * another: what they do there is believed from now on. Merges: it only moves forward (person, site). Goes to:
   * every site.
   */
  | 'identity.guest_admitted'
  /**
   * A person signs in under another login from now on; `old` is free again. Merges: one site decides (person).
   * Goes to: every site.
   */
  | 'identity.login_changed'
  /**
   * A password was set; sessions opened with one before it end. What an administrator set counts more than what
   * the person made of the password before, even later. `hash` is an Argon2id string (RFC 9106). Merges: the later
   * change counts (person). Goes to: every site.
   */
  | 'identity.password_set'
  /**
   * A session is in use: noted at most once an hour, so that it does not expire. The event's id is the time.
   * Merges: it only moves forward (session). Goes to: every site, if policy lets it.
   */
  | 'identity.session_used'
  /**
   * An administrator decided about events of a site that others keep back: they are believed, or dropped for good.
   * Merges: the later change counts (event). Goes to: every site.
   */
  | 'sites.kept_back_settled'
  /**
   * A token was made with which the site's server may join, once. The event's id names the invitation. Merges:
   * everything is kept. Goes to: every site.
   */
  | 'sites.site_invited'

/** Flags that members set on messages, for all in the conversation: which one each event type is about. */
export const flagsSet = {
  'messaging.pin_set': 'pins',
} as const

/** The version of each type that this client was written for: a frame of a later one says more. */
export const eventVersions = {
  'files.file_added': 1,
  'files.file_removed': 1,
  'identity.grant_given': 1,
  'identity.grant_revoked': 1,
  'identity.preferences_changed': 1,
  'identity.session_opened': 2,
  'identity.session_revoked': 1,
  'messaging.conversation_created': 1,
  'messaging.conversation_preferences_changed': 1,
  'messaging.conversation_renamed': 1,
  'messaging.draft_set': 1,
  'messaging.member_removed': 1,
  'messaging.member_role_changed': 1,
  'messaging.members_added': 1,
  'messaging.message_edited': 1,
  'messaging.message_recalled': 1,
  'messaging.message_sent': 1,
  'messaging.owner_changed': 1,
  'messaging.pin_set': 1,
  'messaging.reaction_set': 1,
  'messaging.read_marked': 1,
  'messaging.star_set': 1,
  'org.person_added': 1,
  'org.person_changed': 1,
  'org.person_deactivated': 1,
  'org.person_reactivated': 1,
  'org.unit_added': 1,
  'org.unit_changed': 2,
  'org.unit_removed': 1,
  'policies.value_set': 1,
  'sites.home_set': 1,
  'sites.policy_set': 1,
  'sites.site_added': 1,
  'sites.site_changed': 1,
  'sites.site_joined': 1,
  'sites.site_retired': 1,
  'sites.site_revoked': 1,
} as const satisfies Record<keyof EventData, number>

/** The errors a client may meet, by code, with what `details` of each says. */
export interface ErrorDetails {
  /**
   * The path and the query have too many characters. Open Bilin at its own address, without what follows it. (414)
   */
  'app.address_too_long': object
  /**
   * Too many headers, or too long ones. Delete the cookies of this server's address in the browser, then open it
   * again. (431)
   */
  'app.head_too_large': object
  /** The request did not end in time. Send it again; on a slow line, send less at once. (408) */
  'app.too_slow': object
  /**
   * The server was asked by a name that is not known to be its own: a page elsewhere may have made it point here.
   * Its administrator adds the address that people open, such as https://chat.example.com, to http.origins in
   * bilin.toml (BILIN_HTTP_ORIGINS), and starts it again. Behind a proxy, let it pass the Host header on. (421)
   */
  'app.unknown_host': object
  /**
   * A sealed body was changed outside of Bilin, or lies in the wrong row. Restore it from a backup; `bilin audit
   * verify` tells what else was touched. (500)
   */
  'core.body_damaged': { id: string }
  /** The body of a request has more bytes than its route takes. Send less at once. (413) */
  'core.body_too_large': object
  /**
   * An id from elsewhere lies too far in the future. Set the clock of the machine it came from (NTP), then try
   * again. (409)
   */
  'core.clock_ahead': { ahead_ms: number; id?: string }
  /** It contradicts the present state. Fetch the present state and decide again. (409) */
  'core.conflict': object
  /**
   * A permission is needed over a unit; no unit: over the company, which is not founded yet. Ask somebody with the
   * right role. (403)
   */
  'core.forbidden': { permission: string; unit?: Id }
  /**
   * What the framework refuses by itself, for another reason than those that have an error of their own. Send what
   * the description of the interface says (GET /api/openapi.json). (400)
   */
  'core.http': object
  /**
   * The request does not make sense: a reason for each field that is wrong. `details.fields` has the same reasons
   * in English. Correct the fields named in details.reasons. (422)
   */
  'core.invalid': { reasons?: Record<string, Reason>; fields?: Record<string, string> }
  /**
   * The key file is not the one this database was sealed with. Put back the key file that belongs to this database
   * (keys/master.key of its data folder). (500)
   */
  'core.key_missing': { key?: string }
  /**
   * An Idempotency-Key came again, with another command than the first time. Use a new key for every new request,
   * and the same one only to repeat the same request. (422)
   */
  'core.key_reused': object
  /**
   * The bytes of a request are no HTTP, no JSON or no text: nothing can be said about any field. Send what the
   * description of the interface says (GET /api/openapi.json), as JSON in UTF-8. (400)
   */
  'core.malformed': object
  /**
   * There is something at this address, and it takes no request of this kind. `Allow` names those that it takes.
   * Use one of the methods that the Allow header names. (405)
   */
  'core.method_not_allowed': object
  /**
   * A question on the bus found nobody, took too long, or failed where it was to be answered. Send the same
   * request again in a moment. (503)
   */
  'core.no_answer': object
  /**
   * It does not exist, or the person may not know that it does. Check the address, or ask to be let in. (404)
   */
  'core.not_found': object
  /**
   * Two processes have one number: ids that they name could be the same. Give each machine a number of its own:
   * processes.machine. (503)
   */
  'core.number_taken': object
  /**
   * The database has no disk, memory or connections left: nothing was changed, nothing is lost. Free disk space on
   * the server, then send the same request again: it goes on by itself. (503)
   */
  'core.out_of_resources': object
  /**
   * Somebody else was faster: an expectation of the command failed. Fetch it again and repeat the change. (409)
   */
  'core.stale': object
  /** Rate limit. Wait for the time in Retry-After. (429) */
  'core.too_many': object
  /**
   * A part of the server is restarting; the same request may be sent again. Send the same request again in a
   * moment, with the same Idempotency-Key. (503)
   */
  'core.unavailable': object
  /** A mistake of ours. (500) */
  'core.unexpected': { incident: string }
  /**
   * The decision speaks of what the process that writes the log does not know yet. Send the same request again in
   * a moment, with the same Idempotency-Key. (503)
   */
  'core.writer_is_older': object
  /**
   * The fact of the file is here; its bytes are not, or are damaged, and no other site has them. Ask whoever sent
   * it to send it again, or the administrator to look at `bilin doctor`. (503)
   */
  'files.bytes_missing': object
  /** The bytes are not those that were sent. Status: tus 1.0, checksum extension. Send them again. (460) */
  'files.checksum_wrong': object
  /**
   * The site that has the bytes of the file cannot be reached now. Open it again when the line is back: what has
   * come stays. (503)
   */
  'files.elsewhere': { site: number; name: string }
  /**
   * It is not there, was taken back, or the person may not know of it. It may have been taken back. Ask whoever
   * sent it. (404)
   */
  'files.file_not_found': object
  /**
   * The files of the person take as much as they may. Take files back that nobody needs, or ask your
   * administrator. (403)
   */
  'files.no_room_left': { room_mb: number }
  /** The file has no such bytes. Ask for a range within its size. (416) */
  'files.no_such_range': { size: number }
  /**
   * Another site has the bytes of the file, and they are coming. Wait a moment and ask again: what has come stays.
   * (503)
   */
  'files.on_its_way': { received: number; size: number; site: number; name: string }
  /**
   * The unit of the person lets no programs be sent. Ask your administrator how programs are handed on in your
   * company. (403)
   */
  'files.program_forbidden': object
  /** The request is not of tus 1.0.0. Send `Tus-Resumable: 1.0.0` (https://tus.io). (412) */
  'files.protocol_unknown': object
  /** It is in this conversation, with another message. Answer that message, or upload it again. (409) */
  'files.sent_already': object
  /**
   * The disk of the site takes no more files. Your administrator knows how to make room. Messages without files go
   * as ever. (507)
   */
  'files.site_full': object
  /**
   * The store does not answer. Try again in a moment. If it stays so, the administrator looks at `bilin doctor`.
   * (503)
   */
  'files.store_away': object
  /** Larger than the unit of the person allows. Send it in parts, or ask your administrator. (413) */
  'files.too_large': { largest_mb: number }
  /**
   * More bytes came than were announced. Begin anew and announce how large the file is: it may have grown
   * meanwhile. (413)
   */
  'files.too_many_bytes': { size: number }
  /** More than one person may have at once. Send those that are there, or give them up. (409) */
  'files.too_many_uploads': { limit: number }
  /**
   * Another request is sending bytes of the same upload. Wait until that request has ended, ask how far it came
   * (HEAD), and go on from there. (423)
   */
  'files.upload_busy': object
  /** Some of its bytes are missing. Wait until all of it is here, then send it. (409) */
  'files.upload_not_ended': object
  /** There is no such upload of this person: it expired, was given up, or never was. Begin it anew. (404) */
  'files.upload_not_found': object
  /**
   * Bytes were sent for another place than where the upload stands: a piece twice, or out of order. Ask how far it
   * came (HEAD), and go on from there. (409)
   */
  'files.wrong_offset': { offset: number }
  /**
   * The request is not a WebSocket handshake of version 13. Connect with a WebSocket client (RFC 6455, version
   * 13). (400 or 426)
   */
  'gateway.bad_upgrade': object
  /**
   * A session or a person has as many sockets as they may. Close other windows or devices; a program uses one
   * socket for all it does. (429)
   */
  'gateway.too_many_sockets': object
  /**
   * Giving, or taking over, more than one holds oneself would be a way around the roles. Ask somebody who holds at
   * least the same roles over the same units. (403)
   */
  'identity.above_you': { person?: Id; role?: string; unit?: Id }
  /** The password is right, but the person was deactivated. Ask an administrator to reactivate it. (403) */
  'identity.account_inactive': object
  /**
   * The company was founded already; that happens once. Sign in, or ask an administrator for an account. (409)
   */
  'identity.already_set_up': object
  /**
   * A browser sent the session cookie along with a request made by a page of another site. Open Bilin at its own
   * address. Behind a proxy, add that address to http.origins. (403)
   */
  'identity.foreign_origin': { origin: string; host: string }
  /** The person has this role over this unit already. Nothing needs to be done. (409) */
  'identity.grant_exists': object
  /** There is no such grant, or it was revoked. It may have been revoked already: fetch the list again. (404) */
  'identity.grant_not_found': { grant: Id }
  /**
   * The file as a whole cannot be read as the table that is described in the documentation.
   * docs/administrators/import.md describes the file, with an example. (422)
   */
  'identity.import_not_a_table': { why: 'workbook' | 'no_text' | 'encoding' | 'empty' | 'twice' | 'columns' | 'rows' | 'quotes'; column?: string; missing?: string[]; limit?: number; line?: number }
  /**
   * Some rows are wrong, so nothing was imported. Correct the rows named in details.rows, or import the others
   * with skip_bad_rows. (422)
   */
  'identity.import_refused': { rows: ImportRow[]; total: number }
  /** Somebody has this login already. Choose another login. (409) */
  'identity.login_taken': { login: string; reasons: Record<string, Reason>; fields?: Record<string, string> }
  /**
   * The session was opened with a password that somebody else gave, and knows. POST /api/me/password; until then
   * this session can do nothing else. (403)
   */
  'identity.must_change_password': object
  /** There is no company yet. Open Bilin in the browser and set it up first. (409) */
  'identity.not_set_up': object
  /** No session, or one that has ended. Sign in: POST /api/sessions. (401) */
  'identity.not_signed_in': object
  /**
   * Nobody revokes their own role: so somebody who can give it back always remains. Ask another administrator.
   * (409)
   */
  'identity.own_grant': object
  /**
   * The password is right, but it was given too long ago and never replaced. Ask an administrator for a new one.
   * (403)
   */
  'identity.password_expired': object
  /** I have no such session. It may have ended already: fetch the list again. (404) */
  'identity.session_not_found': { session?: Id }
  /**
   * A server without a company asks for the code that it printed when it started. It stands in the lines that the
   * server printed at its start, and in keys/setup.code of its data folder. (403)
   */
  'identity.setup_code_wrong': object
  /**
   * Login or password is wrong. Which of the two is not told, and takes the same time. Check both; an
   * administrator can set a new password. (401)
   */
  'identity.wrong_credentials': object
  /**
   * The present password, asked for again before something important, is wrong. Type the password you signed in
   * with. (403)
   */
  'identity.wrong_password': object
  /** There is none, or the person is not in it. Ask a member to add you. (404) */
  'messaging.conversation_not_found': object
  /**
   * The draft to go on from is no longer the one that was seen: it was written on elsewhere. Show both; to put
   * yours in the other's place send it again with `based_on` = details.version. (409)
   */
  'messaging.draft_changed_meanwhile': { version: Id }
  /**
   * The words to change are no longer those that were seen; `details` has the version and the content there now.
   * Compare the two; to put yours in the other's place send it again with `based_on` = details.version. (409)
   */
  'messaging.edited_meanwhile': { version: Id; content: Content }
  /**
   * More people than one group may have. Split it, or ask the administrator to raise messaging.group_max_members.
   * (409)
   */
  'messaging.group_full': { limit: number; members?: number }
  /**
   * A policy keeps the making of groups to others. Ask a colleague who may, or who administers your unit to change
   * messaging.may_create_groups. (403)
   */
  'messaging.groups_forbidden': object
  /** The person is not in this conversation. Load the conversation again. (404) */
  'messaging.member_not_found': { person: Id }
  /** It was recalled, or it is a notice, which has no words of its own. Choose another message. (409) */
  'messaging.message_gone': object
  /** There is none in this conversation. Load the conversation again. (404) */
  'messaging.message_not_found': { message?: Id }
  /** Only groups have titles, roles and changing members. Make a group instead. (409) */
  'messaging.not_in_direct': object
  /** Somebody else's words. Ask its sender. (403) */
  'messaging.not_your_message': object
  /** The owner cannot go while others stay. Hand the group on to somebody else first. (409) */
  'messaging.owner_must_hand_on': object
  /**
   * Somebody who does not exist, or no longer works here. Choose people from the directory; details.people names
   * those that are not there. (422)
   */
  'messaging.person_unknown': { reasons?: Record<string, Reason>; people: Id[]; fields?: Record<string, string> }
  /** The role in the conversation does not allow it. Ask its owner or an admin. (403) */
  'messaging.role_needed': { roles: Role[] }
  /**
   * Receipts are kept to smaller conversations. Ask the administrator to raise messaging.receipts_max_members.
   * (409)
   */
  'messaging.too_many_members': { limit: number; members: number }
  /** Enough messages are pinned. Take some of them off first. (409) */
  'messaging.too_many_pins': { limit: number }
  /** Enough different emoji under one message. Use one of those that are there. (409) */
  'messaging.too_many_reactions': { limit: number }
  /**
   * Too late to edit or recall. Send a new message; an owner or admin of the group may still recall this one.
   * (403)
   */
  'messaging.window_closed': { window_s: number }
  /**
   * The company is the root of the tree: it cannot be moved, removed, or become another kind of unit. It can be
   * renamed. (409)
   */
  'org.company_fixed': { unit: Id }
  /**
   * Nobody locks themselves out: so one active administrator always remains. Ask another administrator. (409)
   */
  'org.own_deactivation': object
  /** The person was deactivated. Reactivate the person first. (409) */
  'org.person_inactive': { person?: Id }
  /** There is no such person. Search for the person by name. (404) */
  'org.person_not_found': { person: Id }
  /** A unit cannot lie below itself. Choose a unit outside of the one that moves. (409) */
  'org.unit_cycle': { unit: Id; parent: Id }
  /**
   * Two units below the same one cannot have the same name. Choose another name, or another unit above it. (409)
   */
  'org.unit_name_taken': { parent: Id; name: string }
  /**
   * Only an empty unit can be removed. First move its units and people elsewhere, deactivated people included.
   * (409)
   */
  'org.unit_not_empty': { units: number; people: number }
  /** There is no such unit, or it was removed. Fetch the units again: it may have been removed. (404) */
  'org.unit_not_found': { unit?: Id }
  /** A unit above fixed the value for all below it. Ask who administers the unit named in the details. (409) */
  'policies.locked': { policy: string; unit: Id }
  /** No module declares such a policy. GET /api/policies lists them. (404) */
  'policies.not_found': { policy: string }
  /**
   * What comes from a site whose access was ended is refused, also what was on its way. Nothing to do. To let it
   * in again: bilin site invite NAME --site NUMBER (403)
   */
  'sites.access_ended': { site?: number }
  /**
   * What another site sent is damaged, forged or not for us: nothing of it was taken in. It is fetched again. If
   * it stays so, check the other site's version and disk: `bilin site status` names it. (400)
   */
  'sites.bad_batch': object
  /**
   * A company was to be founded on a server that is one of several sites. Sign in with the login you have in the
   * company; found another company on a server of its own. (409)
   */
  'sites.founded_elsewhere': object
  /**
   * A server that has a company of its own was told to join another one. Join with an empty data folder
   * (BILIN_DATA_DIR=…): two companies are never merged. (409)
   */
  'sites.has_company': object
  /**
   * Somebody founds a company, or joins another one, on a server that is joining. Wait until it has joined, then
   * sign in with the login you have at headquarters. (409)
   */
  'sites.is_joining': object
  /**
   * The data folder is another site of a company. Start it without --join. To make it another site, give it an
   * empty data folder. (409)
   */
  'sites.joined_already': object
  /**
   * There is no NATS account for what sites say to each other. With a NATS of your own, set up its account for
   * sites and sites.nats_url: docs/administrators/sites.md. (409)
   */
  'sites.no_line': object
  /**
   * A site asked the owner to do something for somebody who is not at home at that site. Sign in at your own site,
   * or at the one named in the details, and do it there. (403)
   */
  'sites.not_at_home': { site: number }
  /**
   * A site asked for what it may not have (yet). Nothing to do: it is asked again when membership or policy says
   * otherwise. (403)
   */
  'sites.not_yours': object
  /**
   * The change belongs to another site; raised by doors, answered by forwarding the request. Repeat it at the site
   * named in the details. (421)
   */
  'sites.owned_elsewhere': { site: number }
  /**
   * The founding site cannot be revoked or retired: it owns what no other site owns. Revoke or retire a branch's
   * site. (409)
   */
  'sites.site_fixed': { site?: number }
  /**
   * People were to be brought into one conversation although policy keeps it at one site. Only colleagues of the
   * same site can be in them: leave out those named in the details. (409)
   */
  'sites.stays': { people: Id[] }
  /**
   * The token is wrong, was used, or is too old. Ask headquarters for a new one: `bilin site invite NAME`. (403)
   */
  'sites.token_refused': object
  /**
   * All numbers were given. A company has at most 1,023 sites; the number of a retired one is not given again.
   * (409)
   */
  'sites.too_many': object
  /**
   * A site sent so much that is not its to say that it is not followed on before an administrator has looked. Look
   * at it with `bilin site kept-back`, and revoke the site when it was taken over. (409)
   */
  'sites.too_much_kept_back': { site: number }
  /**
   * A unit was to be removed that is at home at another site than the unit above it: two sites own it. First let
   * it be at home where the unit above it is; then remove it. (409)
   */
  'sites.unit_at_home_elsewhere': { unit: Id; site: number }
  /** Another site asked something that this program does not know. Upgrade the older site. (400) */
  'sites.unknown_question': { kind: string }
  /** There is no such site, or it was revoked or retired. `bilin site status` lists the sites. (404) */
  'sites.unknown_site': { site?: number }
  /**
   * The site that must decide or answer cannot be reached. Try again when the line is back; `bilin site status`
   * shows which site is cut off. (503)
   */
  'sites.unreachable': { site?: number; name?: string }
  /**
   * The other site runs a program too far from ours. Upgrade the older site; versions next to each other
   * understand each other. (409)
   */
  'sites.versions_apart': { here?: number; there?: number }
}

export type ErrorCode = keyof ErrorDetails

/**
 * Every route: what it takes and what it answers. Beside its own refusals may come: Any route: `core.http`,
 * `core.method_not_allowed`, `core.body_too_large`, `core.malformed`, `core.invalid`, `core.not_found`,
 * `core.too_many`, `core.unavailable`, `core.out_of_resources`, `core.no_answer`, `core.unexpected`,
 * `core.body_damaged`, `core.key_missing`. Routes that need a session: `identity.not_signed_in`,
 * `identity.must_change_password`, `identity.foreign_origin`. Requests that change something: `core.stale`,
 * `core.conflict`, `core.key_reused`, `core.forbidden`, `core.writer_is_older`, `core.number_taken`. Changes
 * that another site may decide: `sites.owned_elsewhere`, `sites.unreachable`, `sites.not_at_home`,
 * `sites.unit_at_home_elsewhere`, `sites.bad_batch`, `sites.versions_apart`.
 */
export interface Routes {
  /** All units, parents before their children. Answers 200. */
  'GET /org/units': { answer: Units }
  /**
   * Add a unit; needs `org.manage` over its parent. Answers 201. Refused with `org.unit_not_found`,
   * `org.unit_name_taken`.
   */
  'POST /org/units': { body: AddUnit; answer: MadeByOwner }
  /**
   * Change or move a unit; needs `org.manage` over it, and over a new parent. Answers 200. Refused with
   * `org.unit_not_found`, `org.unit_name_taken`, `org.unit_cycle`, `org.company_fixed`.
   */
  'PATCH /org/units/{unit}': { path: { unit: Id }; body: UnitChanges; answer: Change }
  /**
   * Remove an empty unit; needs `org.manage` over it. Answers 200. Refused with `org.unit_not_found`,
   * `org.unit_not_empty`, `org.company_fixed`.
   */
  'DELETE /org/units/{unit}': { path: { unit: Id }; answer: Change }
  /**
   * People of a unit by name, or up to 200 people by id. `inactive` lists deactivated people too and needs
   * `org.manage` over the unit. Answers 200. Refused with `org.unit_not_found`, `core.forbidden`.
   */
  'GET /org/people': { query?: { unit?: Id; ids?: string; after?: Id; below?: boolean; inactive?: boolean; limit?: number }; answer: PeoplePage }
  /**
   * Everything colleagues may know of a person; of somebody who has left not how to reach them. Answers 200.
   * Refused with `org.person_not_found`.
   */
  'GET /org/people/{person}': { path: { person: Id }; answer: PersonCard }
  /** All active people by name, for finding them in the client, up to 5,000 at a time. Answers 200. */
  'GET /org/directory': { query?: { after?: Id; limit?: number }; answer: Directory }
  /**
   * Rename a site, or say where browsers open it; needs `sites.manage` over the company. Answers 200. Refused with
   * `sites.unknown_site`.
   */
  'PATCH /sites/{number}': { path: { number: number }; body: SiteChanges; answer: Change }
  /**
   * End the access of a site; needs `sites.manage` over the company. Answers 200. Refused with
   * `sites.unknown_site`, `sites.site_fixed`.
   */
  'POST /sites/{number}/revoke': { path: { number: number }; answer: Change }
  /**
   * Close a site for good; needs `sites.manage` over the company. Answers 200. Refused with `sites.unknown_site`,
   * `sites.site_fixed`.
   */
  'POST /sites/{number}/retire': { path: { number: number }; answer: Change }
  /**
   * The site each unit is at home at, and the policies that were set: for everybody, as the organisation is.
   * Clients show by it whose presence nobody can know, and lead people to their own site. Answers 200.
   */
  'GET /sites/homes': { answer: Homes }
  /**
   * Let a unit be at home at a site; needs `sites.manage` over the unit. Answers 200. Refused with
   * `org.unit_not_found`, `sites.unknown_site`.
   */
  'PUT /sites/homes/{unit}': { path: { unit: Id }; body: HomeBody; answer: Change }
  /**
   * Say what leaves the home of a unit's people; needs `sites.manage` over the unit. Answers 200. Refused with
   * `org.unit_not_found`.
   */
  'PUT /sites/policies/{unit}': { path: { unit: Id }; body: PolicyBody; answer: Change }
  /**
   * What other sites sent and may not say, oldest first; needs `sites.manage` over the company, or
   * `governance.audit`. Answers 200. Refused with `core.forbidden`.
   */
  'GET /sites/kept-back': { query?: { of?: number; after?: Id }; answer: KeptBackPage }
  /**
   * Accept or drop events that are kept back, at every site; needs `sites.manage` over the company. Answers 200.
   */
  'POST /sites/kept-back/settle': { body: SettleBody; answer: Change }
  /**
   * Invite a server. The token is good once, and as secret as a password. Answers 201. Refused with
   * `sites.owned_elsewhere`, `org.unit_not_found`, `sites.no_line`, `sites.too_many`, `sites.unknown_site`.
   */
  'POST /sites/invitations': { body: InvitationBody; answer: Invitation }
  /** The sites of the company, and whether this one reaches them. Answers 200. */
  'GET /sites': { answer: SiteList }
  /**
   * How the sites are, and for how many seconds the line is still cut on purpose; needs `sites.manage` over the
   * company, or `governance.audit`. Answers 200. Refused with `core.forbidden`.
   */
  'GET /sites/status': { answer: SitesStatus }
  /**
   * Cut the line to all other sites for a while, to see what happens; needs `sites.manage` over the company.
   * Answers 200.
   */
  'POST /sites/cut': { body: CutBody; answer: CutFor }
  /** Mend the line before its time; needs `sites.manage` over the company. Answers 200. */
  'DELETE /sites/cut': { answer: CutFor }
  /**
   * Compare digests of state with another site, module by module, and name the first row that differs; needs
   * `sites.manage` or `governance.audit` over the company. Answers 200. Refused with `sites.unknown_site`,
   * `sites.unreachable`, `sites.versions_apart`, `sites.bad_batch`, `sites.unknown_question`, `sites.not_yours`.
   */
  'POST /sites/verify': { body: VerifyBody; answer: Verdict }
  /**
   * Whether the company still has to be founded, its name when it was, and how far joining another site has come.
   * Answers 200.
   */
  'GET /setup': { answer: SetupState }
  /**
   * Found the company; works once. Answers 201. Refused with `identity.foreign_origin`,
   * `identity.setup_code_wrong`, `identity.already_set_up`, `sites.founded_elsewhere`, `sites.is_joining`.
   */
  'POST /setup': { body: SetupBody; answer: OpenedSession }
  /**
   * Become a site of a company; works on an empty server. `GET /api/setup` tells how far it is. Answers 202.
   * Refused with `identity.foreign_origin`, `identity.setup_code_wrong`, `sites.token_refused`,
   * `sites.has_company`, `sites.joined_already`, `sites.no_line`, `sites.is_joining`, `sites.versions_apart`.
   */
  'POST /setup/join': { body: JoinBody; answer: JoiningBegun }
  /**
   * Undo what a site wrote, or say what would be done; needs all roles of an administrator over the company.
   * Answers 200. Refused with `sites.unknown_site`, `sites.site_fixed`.
   */
  'POST /sites/{number}/undo': { path: { number: number }; body: UndoBody; answer: Undone }
  /**
   * Sign in. The session that this browser had before ends: nobody could sign out of it any more. Answers 201.
   * Refused with `identity.foreign_origin`, `identity.wrong_credentials`, `identity.account_inactive`,
   * `identity.password_expired`, `identity.not_set_up`, `sites.unreachable`.
   */
  'POST /sessions': { body: SignInBody; answer: OpenedSession }
  /** My sessions that have not ended, last used first. Answers 200. */
  'GET /sessions': { answer: SessionList }
  /** End one of my sessions; `current` for this one. Answers 200. Refused with `identity.session_not_found`. */
  'DELETE /sessions/{session}': { path: { session: string }; answer: Change }
  /** Who is signed in, and what they may do. Answers 200. */
  'GET /me': { answer: Me }
  /** Change some of my preferences, on all my devices. Answers 200. */
  'PATCH /me/preferences': { body: ChangePreferences; answer: Change }
  /**
   * Change my password; ends my other sessions. Answers 200. Refused with `identity.wrong_password`,
   * `identity.password_expired`.
   */
  'POST /me/password': { body: PasswordBody; answer: Change }
  /**
   * Add a person with a login; needs `org.manage` over all their units. Answers 201. Refused with
   * `org.unit_not_found`, `identity.login_taken`.
   */
  'POST /org/people': { body: PersonBody; answer: MadeByOwner }
  /**
   * Change a person, their login, or give them a new password, which ends their sessions and has to be changed.
   * Answers 200. Refused with `org.person_not_found`, `org.unit_not_found`, `identity.login_taken`,
   * `identity.above_you`, `org.person_inactive`.
   */
  'PATCH /org/people/{person}': { path: { person: Id }; body: PersonChanges; answer: PersonChange }
  /**
   * Lock a person out at once. Answers 200. Refused with `org.person_not_found`, `identity.above_you`,
   * `org.own_deactivation`.
   */
  'POST /org/people/{person}/deactivate': { path: { person: Id }; answer: Change }
  /**
   * Let a person in again, with the roles they had; needs all that these allow. Answers 200. Refused with
   * `org.person_not_found`, `identity.above_you`.
   */
  'POST /org/people/{person}/reactivate': { path: { person: Id }; answer: Change }
  /**
   * The accounts of a page of `GET /api/org/people` with `below`; needs `org.manage` over the unit. Answers 200.
   * Refused with `org.unit_not_found`, `core.forbidden`.
   */
  'GET /org/accounts': { query: { unit: Id; after?: Id; inactive?: boolean; limit?: number }; answer: AccountPage }
  /**
   * Active people by name, pinyin, initials, title or unit; by login, telephone number or e-mail address, whole.
   * Answers 200.
   */
  'GET /org/search': { query: { q: string; limit?: number }; answer: PeopleFound }
  /**
   * The roles that hold in a unit: inherited from above it, and given over it and the units below. Needs
   * `identity.grant` over the unit: whoever gives roles there has to see who rules there already. Answers 200.
   * Refused with `org.unit_not_found`, `core.forbidden`.
   */
  'GET /grants': { query: { unit: Id }; answer: GrantList }
  /**
   * Give somebody a role over a unit; needs `identity.grant` there, and everything the role allows. Answers 201.
   * Refused with `org.unit_not_found`, `org.person_not_found`, `org.person_inactive`, `identity.grant_exists`,
   * `identity.above_you`.
   */
  'POST /grants': { body: GiveGrant; answer: MadeByOwner }
  /**
   * Take a role back. Answers 200. Refused with `identity.grant_not_found`, `identity.own_grant`,
   * `identity.above_you`, `org.unit_not_found`.
   */
  'DELETE /grants/{grant}': { path: { grant: Id }; answer: Change }
  /**
   * Import a CSV file (the body, as it is); needs `org.manage` over the company. `dry_run` checks everything and
   * tells what would happen. Rows that are wrong stop the import, unless `skip_bad_rows` leaves them out. Answers
   * 200. Refused with `identity.import_not_a_table`, `identity.import_refused`, `org.unit_not_found`,
   * `identity.not_set_up`, `sites.owned_elsewhere`.
   */
  'POST /org/import': { query?: { dry_run?: boolean; skip_bad_rows?: boolean }; body: Blob; answer: ImportOutcome }
  /**
   * All policies as they stand in a unit; needs `policies.manage` over it. Answers 200. Refused with
   * `org.unit_not_found`, `core.forbidden`.
   */
  'GET /policies': { query: { unit: Id }; answer: PoliciesOfUnit }
  /**
   * Why a policy is what it is in a unit, and who below follows; needs `policies.manage` over the unit. Answers
   * 200. Refused with `policies.not_found`, `org.unit_not_found`, `core.forbidden`.
   */
  'GET /policies/{policy}': { path: { policy: string }; query: { unit: Id }; answer: PolicyExplanation }
  /**
   * Why a policy is what it is for a person; for themselves, and who holds `policies.manage` where they work.
   * Answers 200. Refused with `policies.not_found`, `org.person_not_found`, `core.forbidden`.
   */
  'GET /policies/{policy}/people/{person}': { path: { policy: string; person: Id }; answer: PolicyOfPerson }
  /**
   * What a value would change, for how many; nothing is set. Needs `policies.manage` over the unit. Answers 200.
   * Refused with `policies.not_found`, `org.unit_not_found`.
   */
  'POST /policies/{policy}/units/{unit}/effect': { path: { policy: string; unit: Id }; body: PolicyValueBody; answer: PolicyEffect }
  /**
   * Set what holds in a unit and below it, or let it be inherited again; needs `policies.manage` over the unit.
   * Answers 200. Refused with `policies.not_found`, `policies.locked`, `org.unit_not_found`.
   */
  'PUT /policies/{policy}/units/{unit}': { path: { policy: string; unit: Id }; body: PolicyValueBody; answer: Change }
  /**
   * Begin an upload, as tus 1.0.0 has it: `Upload-Length`, and in `Upload-Metadata` `filename` and `filetype`.
   * Nobody sees the file before it is sent with a message. The body may be its first bytes. Answers 201. Refused
   * with `files.upload_not_found`, `files.upload_busy`, `files.wrong_offset`, `files.too_many_bytes`,
   * `files.checksum_wrong`, `files.program_forbidden`, `files.protocol_unknown`, `files.site_full`,
   * `files.store_away`, `files.too_large`, `files.no_room_left`, `files.too_many_uploads`.
   */
  'POST /files/uploads': { body: Blob; answer: UploadView }
  /**
   * How far an upload of mine came. In tus it is asked with HEAD, which answers the headers alone. Answers 200.
   * Refused with `files.upload_not_found`, `files.upload_busy`.
   */
  'GET /files/uploads/{upload}': { path: { upload: Id }; answer: UploadView }
  /** My uploads that were not sent, the oldest first. Answers 200. */
  'GET /files/uploads': { answer: UploadView[] }
  /**
   * Have the bytes of a file at this site, so that the download begins at once. `files.on_its_way` says how far
   * they are, and is answered until they are here: ask again. Answers 204. Refused with `files.file_not_found`,
   * `files.bytes_missing`, `files.on_its_way`, `files.elsewhere`, `files.store_away`, `files.site_full`,
   * `files.no_such_range`.
   */
  'POST /conversations/{conversation}/files/{file}/bring': { path: { conversation: Id; file: Id }; answer: null }
  /**
   * A page of the timeline, ascending; without a cursor the newest. Answers 200. Refused with
   * `messaging.conversation_not_found`.
   */
  'GET /conversations/{conversation}/messages': { path: { conversation: Id }; query?: { before?: Id; after?: Id; around?: Id; limit?: number }; answer: MessagePage }
  /**
   * Say something. Answers 201. Refused with `messaging.conversation_not_found`, `messaging.message_not_found`,
   * `messaging.message_gone`, `files.upload_not_found`, `files.upload_not_ended`, `files.sent_already`,
   * `files.bytes_missing`.
   */
  'POST /conversations/{conversation}/messages': { path: { conversation: Id }; body: SendBody; answer: Made }
  /**
   * Change my words. Answers 200. Refused with `messaging.conversation_not_found`, `messaging.message_not_found`,
   * `messaging.message_gone`, `messaging.not_your_message`, `messaging.window_closed`,
   * `messaging.edited_meanwhile`.
   */
  'PATCH /conversations/{conversation}/messages/{message}': { path: { conversation: Id; message: Id }; body: EditBody; answer: Change }
  /**
   * Take a message back. Answers 200. Refused with `messaging.conversation_not_found`,
   * `messaging.message_not_found`, `messaging.message_gone`, `messaging.not_your_message`,
   * `messaging.window_closed`.
   */
  'POST /conversations/{conversation}/messages/{message}/recall': { path: { conversation: Id; message: Id }; answer: Change }
  /**
   * Make a group, or have the direct conversation with somebody. Answers 201. Refused with
   * `messaging.person_unknown`, `messaging.group_full`, `messaging.groups_forbidden`, `sites.stays`,
   * `messaging.conversation_not_found`.
   */
  'POST /conversations': { body: GroupBody | DirectBody; answer: Begun }
  /**
   * A conversation of mine with its members: the first so many by id, or, without `limit`, all. Answers 200.
   * Refused with `messaging.conversation_not_found`.
   */
  'GET /conversations/{conversation}': { path: { conversation: Id }; query?: { limit?: number }; answer: ConversationPage }
  /**
   * Give a group a new title. Answers 200. Refused with `messaging.conversation_not_found`,
   * `messaging.not_in_direct`, `messaging.role_needed`.
   */
  'PATCH /conversations/{conversation}': { path: { conversation: Id }; body: TitleBody; answer: Change }
  /**
   * Members of a conversation of mine, by id. What changed between two pages comes as events after the first
   * page's position: applied once more, none of them changes what a later page knew already. Answers 200. Refused
   * with `messaging.conversation_not_found`.
   */
  'GET /conversations/{conversation}/members': { path: { conversation: Id }; query?: { after?: Id; limit?: number }; answer: MembersPage }
  /**
   * Add people to a group. Answers 201. Refused with `messaging.conversation_not_found`,
   * `messaging.not_in_direct`, `messaging.person_unknown`, `messaging.group_full`, `sites.stays`.
   */
  'POST /conversations/{conversation}/members': { path: { conversation: Id }; body: PeopleBody; answer: Change }
  /**
   * Remove somebody from a group. Answers 200. Refused with `messaging.conversation_not_found`,
   * `messaging.not_in_direct`, `messaging.member_not_found`, `messaging.role_needed`,
   * `messaging.owner_must_hand_on`.
   */
  'DELETE /conversations/{conversation}/members/{person}': { path: { conversation: Id; person: Id }; answer: Change }
  /**
   * Leave a group. Answers 200. Refused with `messaging.conversation_not_found`, `messaging.not_in_direct`,
   * `messaging.owner_must_hand_on`.
   */
  'POST /conversations/{conversation}/leave': { path: { conversation: Id }; answer: Change }
  /**
   * Hand a group on to another owner. Answers 200. Refused with `messaging.conversation_not_found`,
   * `messaging.not_in_direct`, `messaging.member_not_found`, `messaging.role_needed`.
   */
  'POST /conversations/{conversation}/owner': { path: { conversation: Id }; body: OwnerBody; answer: Change }
  /**
   * Make a member an admin, or an admin a member. Answers 200. Refused with `messaging.conversation_not_found`,
   * `messaging.not_in_direct`, `messaging.member_not_found`, `messaging.role_needed`,
   * `messaging.owner_must_hand_on`.
   */
  'PUT /conversations/{conversation}/members/{person}/role': { path: { conversation: Id; person: Id }; body: RoleBody; answer: Change }
  /**
   * Keep what I am writing, on all my devices. Answers 200. Refused with `messaging.conversation_not_found`,
   * `messaging.draft_changed_meanwhile`.
   */
  'PUT /conversations/{conversation}/draft': { path: { conversation: Id }; body: DraftBody; answer: Change }
  /**
   * Nothing is left of it. `based_on`: only where it is this one. Answers 200. Refused with
   * `messaging.conversation_not_found`.
   */
  'DELETE /conversations/{conversation}/draft': { path: { conversation: Id }; query?: { based_on?: Id }; answer: Change }
  /**
   * Pin a message to the top of its conversation, for everybody in it. Answers 200. Refused with
   * `messaging.conversation_not_found`, `messaging.message_not_found`, `messaging.message_gone`,
   * `messaging.too_many_pins`.
   */
  'PUT /conversations/{conversation}/messages/{message}/pin': { path: { conversation: Id; message: Id }; answer: Change }
  /**
   * Take it off. Answers 200. Refused with `messaging.conversation_not_found`, `messaging.message_not_found`.
   */
  'DELETE /conversations/{conversation}/messages/{message}/pin': { path: { conversation: Id; message: Id }; answer: Change }
  /**
   * What is pinned in a conversation, the last pinned first. Answers 200. Refused with
   * `messaging.conversation_not_found`.
   */
  'GET /conversations/{conversation}/pins': { path: { conversation: Id }; answer: Pins }
  /**
   * Mute, pin or hide it for me, or mark it as unread until I open it. Answers 200. Refused with
   * `messaging.conversation_not_found`.
   */
  'PATCH /conversations/{conversation}/preferences': { path: { conversation: Id }; body: PreferencesBody; answer: Change }
  /**
   * Put my emoji under a message. Answers 200. Refused with `messaging.conversation_not_found`,
   * `messaging.message_not_found`, `messaging.message_gone`, `messaging.too_many_reactions`.
   */
  'PUT /conversations/{conversation}/messages/{message}/reactions/{emoji}': { path: { conversation: Id; message: Id; emoji: string }; answer: Change }
  /**
   * Take my emoji away. Answers 200. Refused with `messaging.conversation_not_found`,
   * `messaging.message_not_found`, `messaging.message_gone`.
   */
  'DELETE /conversations/{conversation}/messages/{message}/reactions/{emoji}': { path: { conversation: Id; message: Id; emoji: string }; answer: Change }
  /**
   * I have read everything up to a message. Answers 200. Refused with `messaging.conversation_not_found`,
   * `messaging.message_not_found`.
   */
  'POST /conversations/{conversation}/read': { path: { conversation: Id }; body: ReadBody; answer: Change }
  /**
   * Who has read my message, and who has not yet. Answers 200. Refused with `messaging.conversation_not_found`,
   * `messaging.message_not_found`, `messaging.not_your_message`, `messaging.too_many_members`.
   */
  'GET /conversations/{conversation}/messages/{message}/readers': { path: { conversation: Id; message: Id }; answer: Readers }
  /**
   * Mark a message for later, for me alone. Answers 200. Refused with `messaging.conversation_not_found`,
   * `messaging.message_not_found`, `messaging.message_gone`.
   */
  'PUT /conversations/{conversation}/messages/{message}/star': { path: { conversation: Id; message: Id }; answer: Change }
  /**
   * Take the mark off. Answers 200. Refused with `messaging.conversation_not_found`,
   * `messaging.message_not_found`, `messaging.message_gone`.
   */
  'DELETE /conversations/{conversation}/messages/{message}/star': { path: { conversation: Id; message: Id }; answer: Change }
  /**
   * What I marked, the last marked first; `before` is the `id` of the last one of the page before. Answers 200.
   */
  'GET /stars': { query?: { before?: Id; limit?: number }; answer: Stars }
  /**
   * Everything the first screen needs, as of one position: with the first so many of my conversations by id, or,
   * without `limit`, all. Each further page is as of its own position, and the log is followed from that of the
   * first. Answers 200.
   */
  'GET /sync': { query?: { after?: Id; limit?: number }; answer: Sync }
  /**
   * Messages of my conversations, the newest first, and people and conversations by name. `before` is the `next`
   * of the page before. `minutes_east` of UTC is where days begin. There is no count of everything: what was not
   * read might not be mine to count. Answers 200.
   */
  'GET /search': { query: { q: string; before?: Id; limit?: number; minutes_east?: number }; answer: SearchPage }
}

/** What roles are made of. */
export type Permission =
  /** Read and verify the audit log. */
  | 'governance.audit'
  /** Give and revoke roles. */
  | 'identity.grant'
  /** Add, change, move and remove units and people. */
  | 'org.manage'
  /** Set policies of units. */
  | 'policies.manage'
  /** Add, change and retire sites; say what leaves them. */
  | 'sites.manage'
