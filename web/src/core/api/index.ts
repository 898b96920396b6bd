/** The server's HTTP interface and the shapes of the protocol. */
export { newKey, onSignedOut, type RequestOptions, request } from './client.ts'
export type * from './contract.ts'
export { compareIds, idAt, idSite, idTime, laterId } from './ids.ts'
export { forgetPosition, notePosition } from './position.ts'
export { isProblem, offlineCode, Problem, problemOf, timeoutCode, unreadableCode } from './problem.ts'
export { serverNow } from './server-clock.ts'
