import { type ConversationPage, type Id, Problem, request } from '@/core/api'
import { backoffMs } from '@/core/socket'
import { applyConversation, applyNoConversation } from '../reducer/apply-conversation.ts'
import { applyMessages, isTooOld } from '../reducer/apply-messages.ts'
import { applyMe, applyPeople } from '../reducer/apply-org.ts'
import { applyElsewhere } from '../reducer/elsewhere.ts'
import { newsOf } from '../reducer/news.ts'
import { Revision } from '../reducer/revision.ts'
import type { State, Wanted } from '../reducer/state.ts'
import { fetchConversation, fetchHead } from './fetch-pages.ts'
import { everybody, gatherMs } from './jitter.ts'
import { currentLog, updateLog } from './log-store.ts'

const peopleAtOnce = 200
const conversationsAtOnce = 4

let timer: ReturnType<typeof setTimeout> | undefined
let dueAt = 0
let isRunning = false
let attempt = 0
let generation = 0

/**
 * Fetch what the log says is wanted, in a while: for a person who looks, at once; for what an event made old that many were told, at
 * a moment of its own (`jitterMs`). The sooner counts for all.
 */
export function refreshSoon(waitMs = gatherMs): void {
  if (isRunning) return
  const inMs = attempt === 0 ? waitMs : backoffMs(attempt)
  if (timer !== undefined && dueAt <= Date.now() + inMs) return
  clearTimeout(timer)
  dueAt = Date.now() + inMs
  timer = setTimeout(run, inMs)
}

/** How many others were told what made these parts old, so that they are wanted now and were not before. */
export function audienceOf(after: State, before: State | null): number {
  const isNew = (part: 'people' | 'conversations') => (id: Id) => !(id in (before?.wanted[part] ?? {}))
  const isMine = after.wanted.me && !before?.wanted.me // a unit's language, or the branch of all below it
  if (isMine || Object.keys(after.wanted.people).some(isNew('people'))) return everybody
  const { elsewhere } = after.wanted
  const conversations = [
    ...Object.keys(after.wanted.conversations).filter(isNew('conversations')),
    ...Object.keys(elsewhere).filter(id => elsewhere[id] !== before?.wanted.elsewhere[id]),
  ]
  return Math.max(0, ...conversations.map(id => after.rooms[id]?.header.conversation.members ?? 0))
}

/** The connection is back: do not wait out the back-off. */
export function refreshNow(): void {
  attempt = 0
  clearTimeout(timer)
  timer = undefined
  if (somethingIsWanted()) refreshSoon()
}

/** Forget everything under way (somebody signed out). */
export function stopRefreshing(): void {
  clearTimeout(timer)
  timer = undefined
  attempt = 0
  isRunning = false
  generation += 1
}

async function run(): Promise<void> {
  timer = undefined
  const wanted = currentLog()?.wanted
  if (!wanted || isRunning) return
  isRunning = true
  const mine = generation
  const failed = await fetchAll(wanted, () => mine === generation).then(
    () => false,
    () => true,
  )
  if (mine !== generation) return
  isRunning = false
  attempt = failed ? attempt + 1 : 0
  if (somethingIsWanted()) refreshSoon()
}

function somethingIsWanted(): boolean {
  const wanted = currentLog()?.wanted
  if (!wanted) return false
  const { conversations, elsewhere, messages, people, me } = wanted
  return me || [conversations, elsewhere, messages, people].some(isNotEmpty)
}

function isNotEmpty(map: object): boolean {
  for (const _ in map) return true
  return false
}

/** Each part is fetched though another fails; then the failure is told. */
async function fetchAll(wanted: Wanted, isCurrent: () => boolean): Promise<void> {
  const work = [
    ...Object.keys(wanted.conversations)
      .slice(0, conversationsAtOnce)
      .map(id => () => refetchConversation(id, isCurrent)),
    ...Object.keys(wanted.elsewhere)
      .filter(id => !wanted.conversations[id])
      .slice(0, conversationsAtOnce)
      .map(id => () => refetchElsewhere(id, isCurrent)),
    ...Object.entries(wanted.messages)
      .slice(0, conversationsAtOnce)
      .map(
        ([id, conversation]) =>
          () =>
            fetchMessage(id, conversation, isCurrent),
      ),
    ...(isNotEmpty(wanted.people)
      ? [() => fetchPeople(Object.keys(wanted.people).slice(0, peopleAtOnce), isCurrent)]
      : []),
    ...(wanted.me ? [() => fetchMe(isCurrent)] : []),
  ]
  const results = await Promise.allSettled(work.map(start => start()))
  const failure = results.find(result => result.status === 'rejected')
  if (failure) throw failure.reason
}

function refetchConversation(id: Id, isCurrent: () => boolean): Promise<void> {
  return take(id, fetchConversation, applyConversation, isCurrent)
}

function refetchElsewhere(id: Id, isCurrent: () => boolean): Promise<void> {
  return take(id, fetchHead, applyElsewhere, isCurrent)
}

async function take(
  id: Id,
  fetch: (id: Id) => Promise<ConversationPage>,
  apply: (state: State, answer: ConversationPage) => State,
  isCurrent: () => boolean,
): Promise<void> {
  try {
    const answer = await fetch(id)
    if (isCurrent()) updateLog(state => apply(state, answer))
  } catch (cause) {
    if (!isGone(cause)) throw cause
    if (isCurrent()) updateLog(state => applyNoConversation(state, id))
  }
}

async function fetchMessage(id: Id, conversation: Id, isCurrent: () => boolean): Promise<void> {
  try {
    const query = { around: id, limit: 1 }
    const answer = await request('GET /conversations/{conversation}/messages', { path: { conversation }, query })
    if (!isCurrent()) return
    updateLog(state =>
      isTooOld(state, conversation, answer) ? state : applyMessages(state, conversation, { around: id }, answer),
    )
  } catch (cause) {
    if (!isGone(cause)) throw cause
    if (isCurrent()) updateLog(state => withoutMessage(state, id))
  }
}

function withoutMessage(state: Parameters<typeof applyMe>[0], id: Id) {
  const revision = new Revision(state)
  revision.unwant('messages', id)
  return revision.next
}

/** Answers about people carry no position: when people changed meanwhile, they are asked for again. */
async function fetchPeople(ids: Id[], isCurrent: () => boolean): Promise<void> {
  const before = currentLog()
  const { people } = await request('GET /org/people', { query: { ids: ids.join(',') } })
  if (!isCurrent()) return
  updateLog(state => applyPeople(state, newsOf(state, ['org']) === newsOf(before, ['org']) ? ids : [], people))
}

async function fetchMe(isCurrent: () => boolean): Promise<void> {
  const before = currentLog()?.me
  const me = await request('GET /me')
  if (isCurrent()) updateLog(state => (state.me === before ? applyMe(state, me) : state))
}

function isGone(cause: unknown): boolean {
  return cause instanceof Problem && (cause.status === 404 || cause.status === 403)
}
