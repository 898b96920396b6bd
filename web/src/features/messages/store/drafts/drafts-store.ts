import { create } from 'zustand'
import type { Content, Id, Quote } from '@/core/api'
import type { Cache } from '@/core/cache'

const saveAfterMs = 500

/** What I began to write in a conversation. */
export interface Draft {
  conversation: Id
  content: Content
  reply_to: Quote | null
  /** When I wrote last, ms. */
  at: number
}

export const draftsStore = create<Record<Id, Draft>>()(() => ({}))

let cache: Cache | null = null
const timers = new Map<Id, ReturnType<typeof setTimeout>>()

/** Take up the drafts of last time. */
export async function startDrafts(from: Cache | null): Promise<void> {
  stopDrafts()
  cache = from
  const kept = (await from?.all<Draft>('drafts').catch(() => [])) ?? []
  if (cache !== from) return
  const written = draftsStore.getState()
  draftsStore.setState({ ...Object.fromEntries(kept.map(draft => [draft.conversation, draft])), ...written })
}

export function stopDrafts(): void {
  saveDraftsNow()
  cache = null
  draftsStore.setState({}, true)
}

/** What I began to write, outside of components. */
export function draftOf(conversation: Id): Draft | undefined {
  return draftsStore.getState()[conversation]
}

/** Keep what I am writing. */
export function setDraft(conversation: Id, content: Content, reply_to: Quote | null): void {
  draftsStore.setState({ [conversation]: { conversation, content, reply_to, at: Date.now() } })
  saveSoon(conversation)
}

/** It is sent, or there is nothing left of it. */
export function clearDraft(conversation: Id): void {
  if (!draftsStore.getState()[conversation]) return
  const { [conversation]: _, ...others } = draftsStore.getState()
  draftsStore.setState(others, true)
  saveSoon(conversation)
}

/** The page is about to go. */
export function saveDraftsNow(): void {
  for (const conversation of [...timers.keys()]) void save(conversation)
}

function saveSoon(conversation: Id): void {
  if (timers.has(conversation)) return
  timers.set(
    conversation,
    setTimeout(() => void save(conversation), saveAfterMs),
  )
}

async function save(conversation: Id): Promise<void> {
  clearTimeout(timers.get(conversation))
  timers.delete(conversation)
  const draft = draftsStore.getState()[conversation]
  const saving = draft ? cache?.put('drafts', draft) : cache?.remove('drafts', conversation)
  await saving?.catch((cause: unknown) => console.warn('A draft could not be stored', cause))
}
