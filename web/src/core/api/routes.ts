import type {
  Content,
  Conversation,
  Grant,
  Id,
  KeptBackEvent,
  Leaves,
  Me,
  Member,
  Message,
  Person,
  PersonCard,
  PersonUnit,
  Pin,
  PolicyKind,
  Preferences,
  Role,
  Session,
  SiteInfo,
  SiteStatus,
  Star,
  Unit,
  UnitHome,
  UnitKind,
  UnitPolicy,
} from './types.ts'

/** What a command answers: `id` of the first event, `pos` of the last, committed and on disk. */
export interface Receipt {
  id: Id
  pos: number
}

/** What a command answers that may find nothing to change; then both are null. */
export interface Change {
  id: Id | null
  pos: number | null
}

export interface SyncAnswer {
  /** Of the log as it is now; `pos` is of it. */
  run: Id
  pos: number
  site: number | string
  me: Me
  /** Null before the company is founded. */
  company: Unit | null
  windows: Windows
  conversations: Conversation[]
  people: Person[]
  /** The number of the site that answers, and the site I am at home at. */
  here: number
  home: { site: number; name: string; address: string }
}

/** How long after sending a message its sender may edit and recall it, in seconds. */
export interface Windows {
  edit_s: number
  recall_s: number
}

/** How far a server that joins a company as a branch has come. */
export interface Joining {
  site: number
  name: string
  phase: 'connecting' | 'copying' | 'following' | 'refused'
  /** Positions of headquarters' log that are here, of how many; total 0: not known yet. */
  done: number
  total: number
  problem: { code: string; title: string; hint: string } | null
}

/** What a comparison of two sites found, module by module. */
export interface Verification {
  site: number
  equal: boolean
  /** They changed meanwhile: what differs may only be on its way. */
  moving: boolean
  modules: {
    module: string
    equal: boolean
    compared: number
    difference: { what: string; here: string; there: string } | null
  }[]
}

export interface ConversationAnswer {
  pos: number
  conversation: Conversation
  members: Member[]
  /** The last pinned first. */
  pins?: Pin[]
}

export interface MessagesAnswer {
  pos: number
  messages: Message[]
  more_before: boolean
  more_after: boolean
}

export interface PersonBody {
  name: string
  login: string
  password?: string
  email: string
  phone: string
  title: string
  unit: Id
  units?: PersonUnit[]
}

/** A row of an import that cannot be imported, or should be looked at before. */
export interface ImportRow {
  line: number
  /** In English; `code` with `params` is what is worded. */
  reason: string
  code: string
  column: string
  params: Record<string, string | number>
}

/** A unit or a person that an import adds or changes. */
export interface ImportChange {
  what: 'unit' | 'person'
  fate: 'added' | 'changed'
  /** The present name of a person, the path of a unit. */
  name: string
  login: string
  /** Where a new person will work. */
  unit: string
  fields: { field: string; old: string; new: string }[]
}

/** What an import of a CSV file did, or would do. */
export interface ImportOutcome {
  rows: number
  units_added: number
  units_changed: number
  people_added: number
  people_changed: number
  people_unchanged: number
  /** The first 1,000 rows that cannot be imported; `line` as editors count. */
  bad_rows: ImportRow[]
  warnings: ImportRow[]
  /** Columns of the file that nothing is read from. */
  passed_over: string[]
  /** Of a dry run. */
  changes: ImportChange[]
  /** The names of those in `passwords`, in the same order. */
  names: string[]
  /** Login and generated password of new people for whom the file had none: told this once. */
  passwords: [login: string, password: string][]
  dry_run: boolean
}

type OneConversation = { conversation: Id }
type OneMessage = { conversation: Id; message: Id }
type OneSite = { site: string }

/** Every route of docs/developers/protocol.md, section 3: what it takes and what it answers. */
export interface Routes {
  'GET /setup': { answer: { needed: boolean; company: string | null; joining: Joining | null } }
  'POST /setup': {
    body: {
      company: string
      name: string
      login: string
      password: string
      locale: Preferences['locale']
      code: string
    }
    answer: { session: Id; me: Me }
  }
  'POST /setup/join': { body: { token: string; code: string }; answer: { site: number; name: string } }
  'POST /sessions': {
    body: { login: string; password: string; device?: string }
    answer: { session: Id; me: Me }
  }
  'GET /sessions': { answer: { sessions: Session[] } }
  'DELETE /sessions/{id}': { path: { id: Id | 'current' }; answer: unknown }
  'GET /me': { answer: Me }
  'PATCH /me/preferences': { body: Partial<Preferences>; answer: Change }
  'POST /me/password': { body: { old: string; new: string }; answer: Change }

  'GET /org/units': { answer: { pos: number; units: Unit[] } }
  'POST /org/units': { body: { parent: Id; name: string; kind: UnitKind; rank?: number }; answer: Receipt }
  'PATCH /org/units/{id}': {
    path: { id: Id }
    body: { name?: string; kind?: UnitKind; rank?: number; parent?: Id }
    answer: Change
  }
  'DELETE /org/units/{id}': { path: { id: Id }; answer: Change }
  'GET /org/people': {
    query: { unit?: Id; below?: boolean; inactive?: boolean; after?: string; limit?: number; ids?: string }
    answer: { people: Person[]; next: string | null }
  }
  'GET /org/people/{id}': { path: { id: Id }; answer: PersonCard }
  'POST /org/people': { body: PersonBody; answer: Receipt }
  'PATCH /org/people/{id}': { path: { id: Id }; body: Partial<PersonBody>; answer: Change & { login?: string } }
  'POST /org/people/{id}/deactivate': { path: { id: Id }; answer: Change }
  'POST /org/people/{id}/reactivate': { path: { id: Id }; answer: Change }
  'POST /org/import': {
    query: { dry_run?: boolean; skip_bad_rows?: boolean }
    body: Blob
    answer: ImportOutcome
  }
  'GET /org/search': { query: { q: string; limit?: number }; answer: { people: Person[] } }
  'GET /org/directory': { answer: { pos: number; people: Person[]; complete?: boolean } }
  'GET /grants': { query: { unit: Id }; answer: { grants: Grant[] } }
  'POST /grants': { body: { person: Id; role: string; unit: Id }; answer: Receipt }
  'DELETE /grants/{id}': { path: { id: Id }; answer: Change }

  'GET /sync': { answer: SyncAnswer }
  'POST /conversations': {
    body: { kind: 'group'; title: string; members: Id[] } | { kind: 'direct'; person: Id }
    answer: Receipt & { conversation: Conversation }
  }
  'GET /conversations/{conversation}': { path: OneConversation; answer: ConversationAnswer }
  'PATCH /conversations/{conversation}': { path: OneConversation; body: { title: string }; answer: Change }
  'POST /conversations/{conversation}/members': { path: OneConversation; body: { people: Id[] }; answer: Change }
  'DELETE /conversations/{conversation}/members/{person}': {
    path: { conversation: Id; person: Id }
    answer: Change
  }
  'POST /conversations/{conversation}/leave': { path: OneConversation; answer: Change }
  'POST /conversations/{conversation}/owner': { path: OneConversation; body: { person: Id }; answer: Change }
  'PUT /conversations/{conversation}/members/{person}/role': {
    path: { conversation: Id; person: Id }
    body: { role: Role }
    answer: Change
  }
  'PATCH /conversations/{conversation}/preferences': {
    path: OneConversation
    body: { muted?: boolean; pinned?: boolean; hidden?: boolean }
    answer: Change
  }
  'GET /conversations/{conversation}/messages': {
    path: OneConversation
    query: { before?: Id; after?: Id; around?: Id; limit?: number }
    answer: MessagesAnswer
  }
  'POST /conversations/{conversation}/messages': {
    path: OneConversation
    body: { content: Content; reply_to?: Id; draft?: boolean }
    answer: Receipt
  }
  'PATCH /conversations/{conversation}/messages/{message}': {
    path: OneMessage
    body: { content: Content; based_on?: Id }
    answer: Change
  }
  'POST /conversations/{conversation}/messages/{message}/recall': { path: OneMessage; answer: Change }
  'PUT /conversations/{conversation}/messages/{message}/reactions/{emoji}': {
    path: OneMessage & { emoji: string }
    answer: Change
  }
  'DELETE /conversations/{conversation}/messages/{message}/reactions/{emoji}': {
    path: OneMessage & { emoji: string }
    answer: Change
  }
  'PUT /conversations/{conversation}/messages/{message}/pin': { path: OneMessage; answer: Change }
  'DELETE /conversations/{conversation}/messages/{message}/pin': { path: OneMessage; answer: Change }
  'GET /conversations/{conversation}/pins': {
    path: OneConversation
    answer: { pos: number; pins: { message: Message; person: Id; id: Id }[] }
  }
  'PUT /conversations/{conversation}/messages/{message}/star': { path: OneMessage; answer: Change }
  'DELETE /conversations/{conversation}/messages/{message}/star': { path: OneMessage; answer: Change }
  'GET /stars': { query: { before?: Id; limit?: number }; answer: { stars: Star[]; more: boolean } }
  'PUT /conversations/{conversation}/draft': {
    path: OneConversation
    body: { content: Content; reply_to?: Id }
    answer: Change
  }
  'DELETE /conversations/{conversation}/draft': { path: OneConversation; answer: Change }
  'POST /conversations/{conversation}/read': { path: OneConversation; body: { through: Id }; answer: Change }
  'GET /conversations/{conversation}/messages/{message}/readers': {
    path: OneMessage
    answer: { read: Id[]; unread: Id[] }
  }

  'GET /sites': { answer: { here: number; sites: SiteInfo[] } }
  'GET /sites/status': {
    answer: {
      here: number
      pos: number
      /** Seconds for which the line is still cut on purpose; 0: it is not. */
      cut_s: number
      sites: SiteStatus[]
      /** Logins that two sites gave to different people while they were cut off from each other. */
      login_conflicts: { login: string; people: Id[] }[]
    }
  }
  'GET /sites/kept-back': { answer: { events: KeptBackEvent[]; more: boolean } }
  'POST /sites/kept-back/settle': { body: { events: Id[]; accepted: boolean }; answer: Change }
  'POST /sites/invitations': {
    body: { name: string; site?: number; address?: string }
    answer: { site: number; token: string; expires_ms: number }
  }
  'PATCH /sites/{site}': { path: OneSite; body: { name?: string; address?: string }; answer: Change }
  'POST /sites/{site}/revoke': { path: OneSite; answer: Change }
  'POST /sites/{site}/retire': { path: OneSite; answer: Change }
  'POST /sites/{site}/undo': {
    path: OneSite
    body: { since_ms?: number; since_pos?: number; accept_kept_back?: boolean; dry_run?: boolean }
    answer: {
      site: number
      wrote: Record<string, number>
      stays: Record<string, number>
      events: Record<string, number>
      kept_back: number
      more: boolean
      done: boolean
    }
  }
  'GET /sites/homes': { answer: { homes: UnitHome[]; policies: UnitPolicy[] } }
  'PUT /sites/homes/{unit}': { path: { unit: Id }; body: { site: number | null }; answer: Change }
  'PUT /sites/policies/{unit}': { path: { unit: Id }; body: { leaves: Leaves; kinds: PolicyKind[] }; answer: Change }
  'POST /sites/verify': { body: { site: number }; answer: Verification }
  'POST /sites/cut': { body: { seconds: number }; answer: { seconds: number } }
  'DELETE /sites/cut': { answer: { seconds: number } }
}

export type Route = keyof Routes
export type AnswerOf<R extends Route> = Routes[R]['answer']

/** What the caller gives: only what the route takes. */
export type InputOf<R extends Route> = Omit<Routes[R], 'answer'>
