import { create } from 'zustand'
import { compareIds, type Id, type Message, Problem, request } from '@/core/api'
import { applyMessages, isTooOld, type PageRequest, leaveDetour as withoutDetour } from '../reducer/apply-messages.ts'
import type { Timeline } from '../reducer/state.ts'
import { covers, messageIn } from '../reducer/timeline.ts'
import { currentLog, updateLog } from './log-store.ts'

const pageSize = 50
const openedAtMost = 200
const openedEnough = 30

/** Why the first messages of a conversation could not be fetched, if so. */
export const openingStore = create<Record<Id, unknown>>()(() => ({}))

/** What could not be fetched may be fetched now: the log is another. */
export function forgetProblems(): void {
  openingStore.setState({}, true)
}

const underWay = new Map<string, Promise<void>>()

/** Fetch the messages before those shown. */
export async function loadOlder(conversation: Id): Promise<void> {
  const shown = shownOf(conversation)
  if (shown?.from) await load(conversation, { before: shown.from }, pageSize)
}

/** Fetch the messages after those shown, when somebody jumped back in time. */
export async function loadNewer(conversation: Id): Promise<void> {
  const shown = shownOf(conversation)
  if (shown?.to) await load(conversation, { after: shown.to }, pageSize)
}

/** Fetch what is around a message and show it there. Throws when there is no such message. */
export async function loadAround(conversation: Id, message: Id): Promise<void> {
  const room = currentLog()?.rooms[conversation]
  if (!room || messageIn(room.detour, message)) return
  if (!messageIn(room.live, message)) await load(conversation, { around: message }, pageSize)
  const after = currentLog()?.rooms[conversation]
  if (after && messageIn(after.live, message)) leaveDetour(conversation)
  else if (after && !messageIn(after.detour, message)) throw new Problem({ status: 404, code: 'core.not_found' })
}

/** The first message from a moment on, else the last before it; null where nothing was ever said. `loadAround` shows it. */
export async function findFrom(conversation: Id, moment: Id): Promise<Id | null> {
  const live = currentLog()?.rooms[conversation]?.live
  const isFirst = ({ id }: Message) => compareIds(id, moment) >= 0
  if (live && covers(live, moment)) return (live.messages.find(isFirst) ?? live.messages.at(-1))?.id ?? null
  const query = { around: moment, limit: pageSize }
  const page = await request('GET /conversations/{conversation}/messages', { path: { conversation }, query })
  return (page.messages.find(isFirst) ?? page.messages.at(-1))?.id ?? null
}

/** Fetch the newest messages, the unread ones among them, unless enough is held to show. */
export async function loadNewest(conversation: Id): Promise<void> {
  const room = currentLog()?.rooms[conversation]
  if (!room || isOpenEnough(room.live)) return
  const { last_seq, read_seq } = room.header.conversation
  const unread = last_seq - read_seq
  openingStore.setState({ [conversation]: null })
  try {
    await load(conversation, { newest: true }, Math.min(openedAtMost, Math.max(pageSize, unread + 20)))
  } catch (cause) {
    openingStore.setState({ [conversation]: cause })
    throw cause
  }
}

/** Show the newest messages again, after a jump. */
export function leaveDetour(conversation: Id): void {
  updateLog(state => withoutDetour(state, conversation))
}

export function isOpenEnough(live: Timeline): boolean {
  return live.from === null || live.messages.length >= openedEnough
}

function shownOf(conversation: Id): Timeline | null {
  const room = currentLog()?.rooms[conversation]
  return room ? (room.detour ?? room.live) : null
}

/** One request at a time for the same page, whoever asks for it. */
function load(conversation: Id, page: PageRequest, limit: number): Promise<void> {
  const name = JSON.stringify([conversation, page])
  const before = underWay.get(name)
  if (before) return before
  const loading = fetchPage(conversation, page, limit).finally(() => underWay.delete(name))
  underWay.set(name, loading)
  return loading
}

async function fetchPage(conversation: Id, page: PageRequest, limit: number): Promise<void> {
  const query = { limit, ...('newest' in page ? {} : page) }
  for (let attempt = 0; attempt < 3; attempt++) {
    const answer = await request('GET /conversations/{conversation}/messages', { path: { conversation }, query })
    const state = currentLog()
    if (!state || !isTooOld(state, conversation, answer)) {
      updateLog(current => applyMessages(current, conversation, page, answer))
      return
    }
  }
  throw new Problem({ code: 'core.stale', title: 'The answers came too late', hint: 'Try again.' })
}
