/**
 * The highest position of the server's log that this browser has seen: in the answer to a change, in what it fetched, or
 * on the socket. It goes with every request, so that no process of the server answers with anything older.
 */
let seen = 0

/** Note a position, if it is one. */
export function notePosition(pos: unknown): void {
  if (typeof pos === 'number' && Number.isSafeInteger(pos) && pos > seen) seen = pos
}

/** 0: none was seen yet. */
export const seenPosition = (): number => seen

/** The log is another one, or begins anew. */
export function forgetPosition(): void {
  seen = 0
}
