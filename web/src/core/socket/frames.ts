import type { EventFrame, Presence } from '../api/contract.ts'
import type { Id } from '../api/generated.ts'

/** Where a client stands: everything up to `pos`, as the log was in its run `run` (protocol, section 1). */
export interface Position {
  run: Id
  pos: number
}

/** A run that no log has: of a copy kept by an earlier version, which did not know of runs. */
export const noRun: Id = '0'

/**
 * Why everything is to be fetched afresh: it is too much to catch up, the log is not the one that the position is of, or what
 * came could not be taken in here.
 */
export type ResyncReason = 'too_far' | 'unknown_position' | 'not_taken_in'

/** Frames of docs/developers/protocol.md, section 4. */
export type ClientFrame =
  | ({ t: 'start' } & Position)
  | { t: 'typing'; conversation: Id }
  | { t: 'watch'; people: Id[] }
  | { t: 'active'; active: boolean }
  | { t: 'ping' }

/** Frames that move the position; they must be taken in the order they came. */
export type LogFrame =
  | EventFrame
  | { t: 'ready'; pos: number; version: string }
  | { t: 'pos'; pos: number; run?: Id }
  | { t: 'pong'; pos: number }

export type ServerFrame =
  | LogFrame
  | { t: 'resync'; reason: 'too_far' | 'unknown_position' }
  | { t: 'typing'; conversation: Id; person: Id }
  | { t: 'presence'; people: Record<Id, Presence> }
  | SitesFrame
  | { t: 'error'; code: string; hint: string }

/** How this site stands towards the others, after `ready` and whenever it changes. */
export interface SitesFrame {
  t: 'sites'
  /** The number of the site that speaks. */
  here: number
  sites: SiteLine[]
}

/** The line to one other site. */
export interface SiteLine {
  site: number
  name: string
  reachable: boolean
  /** Unix ms since when it cannot be reached. */
  since_ms: number | null
  /** Every message of this site up to this id is there; null: not known. */
  delivered: Id | null
}

export const closeCodes = { badFrames: 4400, sessionEnded: 4401 } as const

/** The run in which the last of these frames leaves a client, if one of them says so. */
export function runIn(frames: readonly LogFrame[]): Id | undefined {
  return frames.reduce<Id | undefined>((run, frame) => (frame.t === 'pos' ? (frame.run ?? run) : run), undefined)
}

export function isLogFrame(frame: ServerFrame): frame is LogFrame {
  return frame.t === 'event' || frame.t === 'ready' || frame.t === 'pos' || frame.t === 'pong'
}

/**
 * The frame in a message of the socket. Of a `t` that this client does not know it is passed over by whoever gets it. Throws for
 * what no server sends: it may have been an event, and its place in the log must not be passed by.
 */
export function parseFrame(text: unknown): ServerFrame {
  if (typeof text !== 'string') throw new TypeError('A frame that is no text')
  const frame = JSON.parse(text)
  if (frame === null || typeof frame !== 'object' || typeof frame.t !== 'string')
    throw new TypeError('A frame without `t`')
  if (isLogFrame(frame)) requirePlace(frame)
  return frame as ServerFrame
}

/** What moves the position must say where to; an event must say what happened. */
function requirePlace(frame: LogFrame): void {
  const isPlaced = Number.isSafeInteger(frame.pos) && frame.pos >= 0
  if (!isPlaced) throw new TypeError(`A frame \`${frame.t}\` without its position`)
  if (frame.t !== 'event') return
  const { id, type, data } = frame as { id: unknown; type: unknown; data: unknown }
  const isWhole = typeof id === 'string' && typeof type === 'string' && data !== null && typeof data === 'object'
  if (!isWhole) throw new TypeError(`The event at ${frame.pos} is not whole`)
}
