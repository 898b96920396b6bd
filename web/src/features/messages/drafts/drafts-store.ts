import { create } from 'zustand'
import type { Content, Id, Message, Quote } from '@/core/api'
import { type Cache, forgetLeft, leave, leftBy } from '@/core/cache'
import { isUnkept, noteKept, noteUnkept } from '@/log'
import { contains, isSameText, keptDraft, otherDraft } from './kept-draft'

const storeAfterMs = 500

/**
 * What I began to write in a conversation and the server does not have, or not so: words that are new, and edits of messages. What it
 * has is in the log (`kept-draft.ts`).
 */
export interface Draft {
  conversation: Id
  content: Content
  reply_to: Quote | null
  /** When I wrote last, ms. */
  at: number
  /** Messages of mine that I began to change, the one I began last at the end. Earlier releases stored none. */
  edits?: readonly Edit[]
  /** The draft of the server that this goes on from; without: from none. */
  base?: Id | null
  /** There is nothing left of the one it goes on from: it was sent, or given up. */
  ended?: boolean
  /** The server has exactly this as `base`; shown from here until the event that says so has come. */
  kept?: boolean
  /** Where that event stands, if it is known. */
  keptAt?: number | null
  /** The draft of another device for which the server refused this one. */
  refused?: Id
}

/** New words for a message of mine, not saved yet. */
export interface Edit {
  /** As it was when I began: the version that is changed. */
  message: Message
  content: Content
}

export const draftsStore = create<Record<Id, Draft>>()(() => ({}))

/** Drafts that a page could not store before it went, by conversation; null: there was nothing left of it. */
interface Left {
  at: number
  drafts: Record<Id, Draft | null>
}

let cache: Cache | null = null
let owner: Id | null = null
/** This page wrote what it had not stored, and lives on. */
let hasLeft = false
/** When the drafts were written that are here no more, ms. */
const goneSince = new Map<Id, number>()
const timers = new Map<Id, ReturnType<typeof setTimeout>>()
const listeners = new Set<(conversation: Id) => void>()

const nothing: Content = { blocks: [] }

/** Hear of every change of words. Returns the way to stop. */
export function onWritten(listener: (conversation: Id) => void): () => void {
  listeners.add(listener)
  return () => listeners.delete(listener)
}

/** Take up the drafts of last time. */
export async function startDrafts(from: Cache | null, person: Id): Promise<void> {
  stopDrafts()
  cache = from
  owner = person
  if (from) await takeUpLeft(from, person).catch(cause => console.warn('Drafts of the page before wait', cause))
  const kept = (await from?.all<Draft>('drafts').catch(() => [])) ?? []
  if (cache !== from) return
  const written = draftsStore.getState()
  draftsStore.setState({ ...Object.fromEntries(kept.map(draft => [draft.conversation, draft])), ...written })
}

export function stopDrafts(): void {
  saveDraftsNow()
  cache = null
  owner = null
  draftsStore.setState({}, true)
}

/** What of it only this browser has, outside of components. */
export function draftOf(conversation: Id): Draft | undefined {
  return draftsStore.getState()[conversation]
}

/** Keep what I am writing. The same as the server has is nothing new. */
export function setDraft(conversation: Id, content: Content, reply_to: Quote | null): void {
  const before = draftOf(conversation)
  const server = keptDraft(conversation)
  const base = before && isMine(before) ? (before.base ?? null) : (server?.id ?? null)
  const { edits, refused } = before ?? {}
  const isSame =
    server !== null &&
    base === server.id &&
    server.reply_to === (reply_to?.id ?? null) &&
    isSameText(server.content, content)
  const at = Date.now()
  if (isSame) setRecord({ conversation, content: nothing, reply_to: null, at, edits })
  else setRecord({ conversation, content, reply_to, at, edits, base, refused })
  written(conversation)
}

/** There is nothing left of it: it was sent, or given up. Returns the draft of the server that ends with it. */
export function clearDraft(conversation: Id): Id | null {
  const before = draftOf(conversation)
  const server = keptDraft(conversation)
  const base = before && isMine(before) ? (before.base ?? null) : (server?.id ?? null)
  // What another device wrote meanwhile stays.
  const isThere = base !== null && !(isMine(before) && otherDraft(before, server))
  const { edits } = before ?? {}
  if (before || isThere) {
    const ended = isThere ? { base, ended: true } : {}
    setRecord({ conversation, content: nothing, reply_to: null, at: Date.now(), edits, ...ended })
    written(conversation)
  }
  return isThere ? base : null
}

/** What the server was just given is not to be there any more. */
export function endKept(conversation: Id, base: Id, keptAt: number | null): void {
  const { edits } = draftOf(conversation) ?? {}
  setRecord({ conversation, content: nothing, reply_to: null, at: Date.now(), edits, base, keptAt, ended: true })
  written(conversation)
}

/** Put a draft into another state, as the server answered. The words are the same. */
export function markDraft(
  conversation: Id,
  change: Partial<Pick<Draft, 'base' | 'kept' | 'keptAt' | 'refused'>>,
): void {
  const draft = draftOf(conversation)
  if (draft) setRecord({ ...draft, ...change })
}

/** The server has it, or something that has it in it: here is nothing new any more. */
export function dropWords(conversation: Id): void {
  const draft = draftOf(conversation)
  if (draft) setRecord({ conversation, content: nothing, reply_to: null, at: draft.at, edits: draft.edits })
}

/** Words that would be in no draft any more come behind what is written here. */
export function rescueWords(conversation: Id, content: Content, base: Id): void {
  const before = draftOf(conversation)
  if (before && isMine(before) && contains(before.content, content)) return
  const mine = before && !before.ended ? before.content.blocks : []
  const all = { blocks: [...mine, ...content.blocks] }
  const { reply_to = null, edits } = before ?? {}
  setRecord({ conversation, content: all, reply_to, at: Date.now(), edits, base: mine.length ? before?.base : base })
  written(conversation)
}

/** Whether there are words, an answer, or an end, that the server does not have. */
export function isMine(draft: Draft | undefined): draft is Draft {
  return draft !== undefined && (draft.content.blocks.length > 0 || draft.reply_to !== null || draft.ended === true)
}

/** Keep how I am changing a message; the same words as before are no change. */
export function setEdit(message: Message, content: Content): void {
  const { conversation, id } = message
  const draft = draftOf(conversation) ?? { conversation, content: nothing, reply_to: null, at: 0 }
  const others = draft.edits?.filter(edit => edit.message.id !== id) ?? []
  const isSame = JSON.stringify(message.content) === JSON.stringify(content)
  setRecord({ ...draft, at: Date.now(), edits: isSame ? others : [...others, { message, content }] })
}

/** It is saved, or I gave it up. */
export function dropEdit(conversation: Id, message: Id): void {
  const draft = draftOf(conversation)
  const edits = draft?.edits?.filter(edit => edit.message.id !== message)
  if (draft && edits?.length !== draft.edits?.length) setRecord({ ...draft, edits })
}

/** How I began to change a message, if I did. */
export function editOf(conversation: Id, message: Id): Edit | undefined {
  return draftOf(conversation)?.edits?.find(edit => edit.message.id === message)
}

/** A message was recalled: what I began to answer to it shows its words no more. */
export function forgetQuotedInDrafts(conversation: Id, message: Id): void {
  const draft = draftOf(conversation)
  if (draft?.reply_to?.id !== message || draft.reply_to.recalled) return
  setRecord({ ...draft, reply_to: { ...draft.reply_to, text: '', recalled: true } })
}

/** Whether there is anything in a draft that would be missed. */
export function hasWords({ content, edits = [] }: Draft): boolean {
  return content.blocks.length > 0 || edits.length > 0
}

/** What stands in a draft, as the list shows it: what I began to say, else how I began to change something. */
export function writtenIn({ content, edits }: Draft): Content | null {
  return content.blocks.length > 0 ? content : (edits?.at(-1)?.content ?? null)
}

/**
 * Drafts of this browser with words in them that the server does not have. What is stored is the truth of all tabs; beside it there
 * is only what could not be stored here.
 */
export async function allDrafts(): Promise<Draft[]> {
  await Promise.all([...timers.keys()].map(save))
  const mine = Object.values(draftsStore.getState())
  const stored = (await cache?.all<Draft>('drafts').catch(() => null)) ?? null
  const unkept = mine.filter(({ conversation }) => stored === null || isUnkept(nameOf(conversation)))
  const all = new Map([...(stored ?? []), ...unkept].map(draft => [draft.conversation, draft]))
  return [...all.values()].filter(draft => hasWords(draft) && !(draft.kept && !draft.edits?.length))
}

function nameOf(conversation: Id): string {
  return `draft ${conversation}`
}

function written(conversation: Id): void {
  for (const listener of listeners) listener(conversation)
}

function setRecord(draft: Draft): void {
  const { conversation, at } = draft
  if (isMine(draft) || hasWords(draft)) draftsStore.setState({ [conversation]: draft })
  else {
    const { [conversation]: _, ...others } = draftsStore.getState()
    draftsStore.setState(others, true)
    goneSince.set(conversation, at)
  }
  saveSoon(conversation)
}

/** The page is about to go, or may never be seen again: what is not stored is written at once, too. */
export function leaveDrafts(): void {
  const unsaved = [...timers.keys()].map((id): [Id, Draft | null] => [id, draftOf(id) ?? null])
  if (owner !== null && cache && unsaved.length > 0) {
    hasLeft = true
    leave(owner, { at: Date.now(), drafts: Object.fromEntries(unsaved) } satisfies Left)
  }
  saveDraftsNow()
}

/** What another tab wrote later stays. */
async function takeUpLeft(from: Cache, person: Id): Promise<void> {
  const left = leftBy<Left>(person)
  if (!left) return
  for (const [id, draft] of Object.entries(left.drafts)) {
    const stored = await from.get<Draft>('drafts', id)
    if (stored && stored.at > (draft?.at ?? left.at)) continue
    await (draft ? from.put('drafts', draft) : from.remove('drafts', id))
  }
  forgetLeft(person)
}

/** Store what is not stored. */
export function saveDraftsNow(): void {
  for (const conversation of [...timers.keys()]) void save(conversation)
}

function saveSoon(conversation: Id): void {
  if (timers.has(conversation)) return
  timers.set(
    conversation,
    setTimeout(() => void save(conversation), storeAfterMs),
  )
}

async function save(conversation: Id): Promise<void> {
  clearTimeout(timers.get(conversation))
  timers.delete(conversation)
  const draft = draftOf(conversation)
  const name = nameOf(conversation)
  const from = cache
  try {
    await (draft ? cache?.put('drafts', draft) : removeStored(conversation))
    if (draft && !cache) noteUnkept(name, null)
    else noteKept(name)
    if (hasLeft && timers.size === 0 && owner !== null && from === cache) {
      hasLeft = false
      forgetLeft(owner)
    }
  } catch (cause) {
    if (from !== cache) return // nobody is signed in any more
    if (draft) noteUnkept(name, cause)
    else console.warn('A draft that is sent could not be removed from storage', cause)
  }
}

/** What another tab wrote later stays. */
async function removeStored(conversation: Id): Promise<void> {
  const stored = await cache?.get<Draft>('drafts', conversation)
  if (stored && stored.at <= (goneSince.get(conversation) ?? 0)) await cache?.remove('drafts', conversation)
}
