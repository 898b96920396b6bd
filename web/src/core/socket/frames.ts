import type { EventFrame } from '../api/events.ts'
import type { Id, Presence } from '../api/types.ts'

/** Where a client stands: everything up to `pos`, as the log was in its run `run` (protocol, section 1). */
export interface Position {
  run: Id
  pos: number
}

/** A run that no log has: of a copy kept by an earlier version, which did not know of runs. */
export const noRun: Id = '0'

/** Why everything is to be fetched afresh: it is too much to catch up, or the log is not the one that the position is of. */
export type ResyncReason = 'too_far' | 'unknown_position'

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
  | { t: 'resync'; reason: ResyncReason }
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

/** The frame in a text, or null when it is not one this client knows. */
export function parseFrame(text: unknown): ServerFrame | null {
  if (typeof text !== 'string') return null
  try {
    const frame = JSON.parse(text)
    return frame && typeof frame === 'object' && typeof frame.t === 'string' ? (frame as ServerFrame) : null
  } catch {
    return null
  }
}
