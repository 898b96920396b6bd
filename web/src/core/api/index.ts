/** The server's HTTP interface and the shapes of the protocol. */
export { newKey, onSignedOut, type RequestOptions, request } from './client.ts'
export type { EventData, EventFrame, EventOf, EventType } from './events.ts'
export { compareIds, idSite, idTime, laterId } from './ids.ts'
export { offlineCode, Problem, timeoutCode } from './problem.ts'
export type {
  AnswerOf,
  Change,
  ConversationAnswer,
  ImportChange,
  ImportOutcome,
  ImportRow,
  InputOf,
  Joining,
  MessagesAnswer,
  PersonBody,
  Receipt,
  Route,
  Routes,
  SyncAnswer,
  Verification,
} from './routes.ts'
export { serverNow } from './server-clock.ts'
export type * from './types.ts'
