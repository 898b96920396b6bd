/** The WebSocket to the server. */
export type { Announcements } from './announcements.ts'
export { backoffMs } from './backoff.ts'
export { Connection, type ConnectionListener } from './connection.ts'
export type { LogFrame, SiteLine, SitesFrame } from './frames.ts'
export { type ConnectionStatus, silentMs } from './status.ts'
export { browserSurroundings, type Surroundings } from './surroundings.ts'
