/** The WebSocket to the server. */
export type { Announcements } from './announcements.ts'
export { backoffMs } from './backoff.ts'
export { Connection, type ConnectionListener } from './connection.ts'
export {
  type LogFrame,
  noRun,
  type Position,
  type ResyncReason,
  runIn,
  type SiteLine,
  type SitesFrame,
} from './frames.ts'
export { type ConnectionStatus, silentMs } from './status.ts'
export { browserSurroundings, type Surroundings } from './surroundings.ts'
