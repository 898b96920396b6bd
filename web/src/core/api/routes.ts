import type {
  Content,
  Conversation,
  Grant,
  Id,
  Me,
  Member,
  Message,
  Person,
  PersonCard,
  PersonUnit,
  Preferences,
  Role,
  Session,
  Unit,
  UnitKind,
} from './types.ts'

/** What a command answers: `id` of the first event, `pos` of the last, committed and on disk. */
export interface Receipt {
  id: Id
  pos: number
}

export interface SyncAnswer {
  pos: number
  site: number | string
  me: Me
  company: Unit
  conversations: Conversation[]
  people: Person[]
}

export interface ConversationAnswer {
  pos: number
  conversation: Conversation
  members: Member[]
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

type OneConversation = { conversation: Id }
type OneMessage = { conversation: Id; message: Id }

/** Every route of docs/developers/protocol.md, section 3: what it takes and what it answers. */
export interface Routes {
  'GET /setup': { answer: { needed: boolean; company: string | null } }
  'POST /setup': {
    body: { company: string; name: string; login: string; password: string; locale: Preferences['locale'] }
    answer: { session: Id; me: Me }
  }
  'POST /sessions': {
    body: { login: string; password: string; device?: string }
    answer: { session: Id; me: Me }
  }
  'GET /sessions': { answer: { sessions: Session[] } }
  'DELETE /sessions/{id}': { path: { id: Id | 'current' }; answer: unknown }
  'GET /me': { answer: Me }
  'PATCH /me/preferences': { body: Partial<Preferences>; answer: Receipt }
  'POST /me/password': { body: { old: string; new: string }; answer: Receipt }

  'GET /org/units': { answer: { pos: number; units: Unit[] } }
  'POST /org/units': { body: { parent: Id; name: string; kind: UnitKind; rank?: number }; answer: Receipt }
  'PATCH /org/units/{id}': {
    path: { id: Id }
    body: { name?: string; kind?: UnitKind; rank?: number; parent?: Id }
    answer: Receipt
  }
  'DELETE /org/units/{id}': { path: { id: Id }; answer: Receipt }
  'GET /org/people': {
    query: { unit?: Id; below?: boolean; inactive?: boolean; after?: string; limit?: number; ids?: string }
    answer: { people: Person[]; next: string | null }
  }
  'GET /org/people/{id}': { path: { id: Id }; answer: PersonCard }
  'POST /org/people': { body: PersonBody; answer: Receipt }
  'PATCH /org/people/{id}': { path: { id: Id }; body: Partial<PersonBody>; answer: Receipt }
  'POST /org/people/{id}/deactivate': { path: { id: Id }; answer: Receipt }
  'POST /org/people/{id}/reactivate': { path: { id: Id }; answer: Receipt }
  'GET /org/search': { query: { q: string; limit?: number }; answer: { people: Person[] } }
  'GET /org/directory': { answer: { pos: number; people: Person[]; complete?: boolean } }
  'GET /grants': { query: { unit: Id }; answer: { grants: Grant[] } }
  'POST /grants': { body: { person: Id; role: string; unit: Id }; answer: Receipt }
  'DELETE /grants/{id}': { path: { id: Id }; answer: Receipt }

  'GET /sync': { answer: SyncAnswer }
  'POST /conversations': {
    body: { kind: 'group'; title: string; members: Id[] } | { kind: 'direct'; person: Id }
    answer: Receipt & { conversation: Conversation }
  }
  'GET /conversations/{conversation}': { path: OneConversation; answer: ConversationAnswer }
  'PATCH /conversations/{conversation}': { path: OneConversation; body: { title: string }; answer: Receipt }
  'POST /conversations/{conversation}/members': { path: OneConversation; body: { people: Id[] }; answer: Receipt }
  'DELETE /conversations/{conversation}/members/{person}': {
    path: { conversation: Id; person: Id }
    answer: Receipt
  }
  'POST /conversations/{conversation}/leave': { path: OneConversation; answer: Receipt }
  'POST /conversations/{conversation}/owner': { path: OneConversation; body: { person: Id }; answer: Receipt }
  'PUT /conversations/{conversation}/members/{person}/role': {
    path: { conversation: Id; person: Id }
    body: { role: Role }
    answer: Receipt
  }
  'PATCH /conversations/{conversation}/preferences': {
    path: OneConversation
    body: { muted?: boolean; pinned?: boolean; hidden?: boolean }
    answer: Receipt
  }
  'GET /conversations/{conversation}/messages': {
    path: OneConversation
    query: { before?: Id; after?: Id; around?: Id; limit?: number }
    answer: MessagesAnswer
  }
  'POST /conversations/{conversation}/messages': {
    path: OneConversation
    body: { content: Content; reply_to?: Id }
    answer: Receipt
  }
  'PATCH /conversations/{conversation}/messages/{message}': {
    path: OneMessage
    body: { content: Content }
    answer: Receipt
  }
  'POST /conversations/{conversation}/messages/{message}/recall': { path: OneMessage; answer: Receipt }
  'PUT /conversations/{conversation}/messages/{message}/reactions/{emoji}': {
    path: OneMessage & { emoji: string }
    answer: Receipt
  }
  'DELETE /conversations/{conversation}/messages/{message}/reactions/{emoji}': {
    path: OneMessage & { emoji: string }
    answer: Receipt
  }
  'POST /conversations/{conversation}/read': { path: OneConversation; body: { through: Id }; answer: Receipt }
  'GET /conversations/{conversation}/messages/{message}/readers': {
    path: OneMessage
    answer: { read: Id[]; unread: Id[] }
  }
}

export type Route = keyof Routes
export type AnswerOf<R extends Route> = Routes[R]['answer']

/** What the caller gives: only what the route takes. */
export type InputOf<R extends Route> = Omit<Routes[R], 'answer'>
