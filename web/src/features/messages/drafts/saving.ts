import { type Change, compareIds, type EventFrame, type Id, isProblem, newKey, Problem, request } from '@/core/api'
import { backoffMs } from '@/core/socket'
import { currentLog, isLive, isType } from '@/log'
import { refusalOf } from '../composer/limits'
import { clearDraft, type Draft, draftOf, draftsStore, dropWords, endKept, isMine, markDraft } from './drafts-store'
import { contains, keptDraft, otherDraft } from './kept-draft'

/** A pause in writing after which it goes to the other devices, and how long somebody may write without one, ms. */
const pauseMs = 2_000
const atLeastEveryMs = 15_000

interface UnderWay {
  key: string
  draft: Draft
  /** Its event was faster than the answer. */
  hasCome?: boolean
}

const timers = new Map<Id, ReturnType<typeof setTimeout>>()
const waitingSince = new Map<Id, number>()
const underWay = new Map<Id, UnderWay>()
const attempts = new Map<Id, number>()

/** I wrote: the other devices get it after a pause. */
export function keepSoon(conversation: Id): void {
  const since = waitingSince.get(conversation) ?? Date.now()
  waitingSince.set(conversation, since)
  keepIn(conversation, Math.max(0, Math.min(pauseMs, since + atLeastEveryMs - Date.now())))
}

/** What I wrote goes as a message. Returns the draft of the server that is to end with it, where it is known which that is. */
export function endDraft(conversation: Id): Id | null {
  const ended = clearDraft(conversation)
  return underWay.has(conversation) ? null : ended
}

/** The connection is back: what was written without it goes to the other devices. */
export function keepAll(): void {
  attempts.clear()
  for (const conversation of Object.keys(draftsStore.getState())) {
    settle(conversation)
    // What ends with a message that waits to be sent, ends with it.
    if (draftOf(conversation)?.ended) keepSoon(conversation)
    else void keep(conversation)
  }
}

export function stopKeeping(): void {
  for (const timer of timers.values()) clearTimeout(timer)
  for (const memory of [timers, waitingSince, underWay, attempts]) memory.clear()
}

/** Events have come: what the server has by now needs no keeping here. */
export function settleAfter(events: readonly EventFrame[]): void {
  for (const event of events) {
    if (!isType(event, 'messaging.draft_set')) continue
    const { conversation, content } = event.data
    const asked = underWay.get(conversation)
    if (asked && asked.key === event.key && content) {
      asked.hasCome = true
      acknowledge(conversation, asked, event.id)
    }
    settle(conversation)
  }
}

/** Let go of what the server has. */
export function settle(conversation: Id): void {
  const mine = draftOf(conversation)
  if (!isMine(mine)) return
  const server = keptDraft(conversation)
  if (mine.ended) {
    const isPast = server ? compareIds(server.id, mine.base ?? '0') > 0 : hasBeenThere(mine)
    if (isPast && !underWay.has(conversation)) dropWords(conversation)
  } else if (mine.kept) {
    // Ended elsewhere, or written on.
    if (server ? isThere(server.id, mine) : hasBeenThere(mine)) dropWords(conversation)
  } else if (server && compareIds(server.id, mine.base ?? '0') > 0) {
    const isSameAnswer = mine.reply_to === null || mine.reply_to.id === server.reply_to
    if (isSameAnswer && contains(server.content, mine.content)) dropWords(conversation)
    else if (contains(mine.content, server.content)) markDraft(conversation, { base: server.id })
  }
}

function isThere(server: Id, { base }: Draft): boolean {
  return base != null && compareIds(server, base) >= 0
}

/** What was kept is not in the log: it is there no more, for the log has reached where it stands. */
function hasBeenThere({ keptAt = null }: Draft): boolean {
  return keptAt === null || (currentLog()?.pos ?? -1) >= keptAt
}

async function keep(conversation: Id): Promise<void> {
  clearTimeout(timers.get(conversation))
  timers.delete(conversation)
  waitingSince.delete(conversation)
  const draft = draftOf(conversation)
  if (!isMine(draft) || draft.kept || underWay.has(conversation) || !isLive() || !mayBeKept(draft)) return
  const asked = { key: newKey(), draft }
  underWay.set(conversation, asked)
  const outcome = await ask(asked).then(
    change => () => onAnswer(conversation, asked, change),
    cause => () => onRefused(conversation, asked, cause),
  )
  if (underWay.get(conversation) !== asked) return // somebody else is signed in
  underWay.delete(conversation)
  outcome()
  settle(conversation)
  if (!isSame(conversation, asked)) keepSoon(conversation)
}

/** Nothing is kept over what another device wrote, nor what no message could hold. */
function mayBeKept(draft: Draft): boolean {
  if (draft.ended) return draft.base != null
  return otherDraft(draft, keptDraft(draft.conversation)) === null && !refusalOf(draft.content)
}

function ask({ key, draft }: UnderWay): Promise<Change> {
  const { conversation, content, reply_to, base = null, ended } = draft
  const path = { conversation }
  if (ended) {
    const query = base === null ? {} : { based_on: base }
    return request('DELETE /conversations/{conversation}/draft', { path, query }, { key })
  }
  const body = { content, reply_to: reply_to?.id ?? null, based_on: base }
  return request('PUT /conversations/{conversation}/draft', { path, body }, { key })
}

function onAnswer(conversation: Id, asked: UnderWay, { id, pos }: Change): void {
  attempts.delete(conversation)
  if (asked.draft.ended) {
    if (isSame(conversation, asked)) dropWords(conversation)
  } else if (id !== null && !asked.hasCome) acknowledge(conversation, asked, id, pos)
}

/** The server has what was asked to be kept; what was written since goes on from it. */
function acknowledge(conversation: Id, asked: UnderWay, id: Id, pos: number | null = null): void {
  if (asked.draft.ended) return
  if (!isMine(draftOf(conversation))) endKept(conversation, id, pos)
  else markDraft(conversation, isSame(conversation, asked) ? { base: id, kept: true, keptAt: pos } : { base: id })
}

function isSame(conversation: Id, { draft }: UnderWay): boolean {
  const now = draftOf(conversation)
  return now?.content === draft.content && now.reply_to?.id === draft.reply_to?.id && now.ended === draft.ended
}

/** What is written stays here in any case. */
function onRefused(conversation: Id, asked: UnderWay, cause: unknown): void {
  if (isProblem(cause, 'messaging.draft_changed_meanwhile')) markDraft(conversation, { refused: cause.details.version })
  else if (cause instanceof Problem && cause.isTemporary) {
    const attempt = attempts.get(conversation) ?? 0
    attempts.set(conversation, attempt + 1)
    keepIn(conversation, cause.retryAfterS === null ? backoffMs(attempt) : cause.retryAfterS * 1000)
  } else if (asked.draft.ended && cause instanceof Problem && cause.status === 404) dropWords(conversation)
}

function keepIn(conversation: Id, ms: number): void {
  clearTimeout(timers.get(conversation))
  timers.set(
    conversation,
    setTimeout(() => void keep(conversation), ms),
  )
}
