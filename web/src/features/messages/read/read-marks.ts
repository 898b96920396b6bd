import { type Id, Problem, request } from '@/core/api'
import { backoffMs } from '@/core/socket'
import { type Companion, currentLog, messageIn, Revision, type Room, updateLog } from '@/log'

const everyMs = 1_000

interface Mark {
  through: Id
  seq: number
}

/** The highest mark of each conversation that the server has not been told. */
const waiting = new Map<Id, Mark>()
const timers = new Map<Id, ReturnType<typeof setTimeout>>()
const attempts = new Map<Id, number>()
/** Marks that the server is being told: one at a time for each conversation, however slow its answer is. */
const underWay = new Map<Id, Mark>()

/**
 * I have read up to a message. Shown at once; told to the server at most once a second for each conversation, with the
 * highest message, and never backwards.
 */
export function markRead(conversation: Id, message: Id): void {
  const room = currentLog()?.rooms[conversation]
  const seen = room && (messageIn(room.live, message) ?? messageIn(room.detour, message))
  if (seen) mark(conversation, seen)
}

/** I have read everything, what came late and was not shown included. */
export function markAllRead(conversation: Id): void {
  const room = currentLog()?.rooms[conversation]
  if (!room) return
  const held = [...room.live.messages, ...(room.detour?.messages ?? [])]
  const arrived = room.recent.flatMap(({ event: { type, id }, seq }) =>
    type === 'messaging.message_sent' ? [{ id, seq }] : [],
  )
  const known = [...held, ...arrived].reduce((high, one) => (one.seq > high.seq ? one : high), { id: '0', seq: 0 })
  if (known.seq > 0) mark(conversation, known)
}

function mark(conversation: Id, seen: { id: Id; seq: number }): void {
  const room = currentLog()?.rooms[conversation]
  if (!room || seen.seq <= readOf(room)) return
  updateLog(state => {
    const revision = new Revision(state)
    revision.setRoom(conversation, { ...room, reading: seen.seq })
    return revision.next
  })
  waiting.set(conversation, { through: seen.id, seq: seen.seq })
  if (!timers.has(conversation)) void tell(conversation)
}

/** How far I have read, as this client shows it. */
export function readOf(room: Room): number {
  return Math.max(room.header.conversation.read_seq, room.reading)
}

/** The page may go: what it read is told by a request that outlives it. */
export function tellReadMarksNow(): void {
  for (const [conversation, { through }] of waiting) {
    const input = { path: { conversation }, body: { through } }
    request('POST /conversations/{conversation}/read', input, { keepalive: true }).catch(() => undefined) // it is told again
  }
}

/** The connection is back: tell what could not be told, and what the page before read and could not tell. */
export function resumeReadMarks(): void {
  attempts.clear()
  for (const [conversation, room] of Object.entries(currentLog()?.rooms ?? {})) {
    if (room.reading <= room.header.conversation.read_seq || waiting.has(conversation)) continue
    const last = room.live.messages.find(({ seq, kind }) => seq === room.reading && kind === 'text')
    if (last) waiting.set(conversation, { through: last.id, seq: last.seq })
  }
  for (const conversation of waiting.keys()) {
    clearTimeout(timers.get(conversation))
    timers.delete(conversation)
    void tell(conversation)
  }
}

export function stopReadMarks(): void {
  for (const timer of timers.values()) clearTimeout(timer)
  timers.clear()
  waiting.clear()
  attempts.clear()
  underWay.clear()
}

async function tell(conversation: Id): Promise<void> {
  const mark = waiting.get(conversation)
  if (!mark || underWay.has(conversation)) return
  underWay.set(conversation, mark)
  next(conversation, everyMs)
  try {
    await request('POST /conversations/{conversation}/read', {
      path: { conversation },
      body: { through: mark.through },
    })
    attempts.delete(conversation)
    forget(conversation, mark)
  } catch (cause) {
    if (underWay.get(conversation) === mark) onRefused(conversation, mark, cause)
  } finally {
    if (underWay.get(conversation) === mark) onAnswered(conversation)
  }
}

/** What was read while the answer was slow is told now. */
function onAnswered(conversation: Id): void {
  underWay.delete(conversation)
  if (waiting.has(conversation) && !timers.has(conversation)) void tell(conversation)
}

/** Without network the mark waits; one that the server refuses is taken back. */
function onRefused(conversation: Id, mark: Mark, cause: unknown): void {
  if (cause instanceof Problem && cause.isTemporary) {
    const attempt = attempts.get(conversation) ?? 0
    attempts.set(conversation, attempt + 1)
    next(conversation, (cause.retryAfterS ?? 0) * 1000 + everyMs + backoffMs(attempt))
    return
  }
  forget(conversation, mark)
  updateLog(state => {
    const room = state.rooms[conversation]
    if (room?.reading !== mark.seq) return state
    const revision = new Revision(state)
    revision.setRoom(conversation, { ...room, reading: 0 })
    return revision.next
  })
}

function forget(conversation: Id, mark: Mark): void {
  if (waiting.get(conversation) === mark) waiting.delete(conversation)
}

/** Look again after a while, if there is something to tell by then. */
function next(conversation: Id, afterMs: number): void {
  clearTimeout(timers.get(conversation))
  timers.set(
    conversation,
    setTimeout(() => {
      timers.delete(conversation)
      void tell(conversation)
    }, afterMs),
  )
}

export const readMarks: Companion = {
  stop: stopReadMarks,
  saveNow: tellReadMarksNow,
  onLive: resumeReadMarks,
  onRestored: stopReadMarks,
}
