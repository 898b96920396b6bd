import { create } from 'zustand'
import type { Content, Id, Message, Quote } from '@/core/api'
import { type Cache, forgetLeft, leave, leftBy } from '@/core/cache'
import { isUnkept, noteKept, noteUnkept } from '@/log'

const saveAfterMs = 500

/** What I began to write in a conversation. */
export interface Draft {
  conversation: Id
  content: Content
  reply_to: Quote | null
  /** When I wrote last, ms. */
  at: number
  /** Messages of mine that I began to change, the one I began last at the end. Earlier releases stored none. */
  edits?: readonly Edit[]
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
const timers = new Map<Id, ReturnType<typeof setTimeout>>()

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

/** What I began to write, outside of components. */
export function draftOf(conversation: Id): Draft | undefined {
  return draftsStore.getState()[conversation]
}

/** Keep what I am writing. */
export function setDraft(conversation: Id, content: Content, reply_to: Quote | null): void {
  setRecord({ ...draftOf(conversation), conversation, content, reply_to, at: Date.now() })
}

/** It is sent, or there is nothing left of it. */
export function clearDraft(conversation: Id): void {
  const draft = draftOf(conversation)
  if (draft) setRecord({ ...draft, content: { blocks: [] }, reply_to: null })
}

/** Keep how I am changing a message; the same words as before are no change. */
export function setEdit(message: Message, content: Content): void {
  const { conversation, id } = message
  const draft = draftOf(conversation) ?? { conversation, content: { blocks: [] }, reply_to: null, at: 0 }
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
 * Drafts of this browser with words in them. What is stored is the truth of all tabs; beside it there is only what could not be
 * stored here.
 */
export async function allDrafts(): Promise<Draft[]> {
  await Promise.all([...timers.keys()].map(save))
  const mine = Object.values(draftsStore.getState())
  const stored = (await cache?.all<Draft>('drafts').catch(() => null)) ?? null
  const unkept = mine.filter(({ conversation }) => stored === null || isUnkept(nameOf(conversation)))
  const all = new Map([...(stored ?? []), ...unkept].map(draft => [draft.conversation, draft]))
  return [...all.values()].filter(hasWords)
}

function nameOf(conversation: Id): string {
  return `draft ${conversation}`
}

function setRecord(draft: Draft): void {
  const { conversation } = draft
  if (hasWords(draft) || draft.reply_to) draftsStore.setState({ [conversation]: draft })
  else {
    const { [conversation]: _, ...others } = draftsStore.getState()
    draftsStore.setState(others, true)
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
    setTimeout(() => void save(conversation), saveAfterMs),
  )
}

async function save(conversation: Id): Promise<void> {
  clearTimeout(timers.get(conversation))
  timers.delete(conversation)
  const draft = draftOf(conversation)
  const name = nameOf(conversation)
  const from = cache
  try {
    await (draft ? cache?.put('drafts', draft) : cache?.remove('drafts', conversation))
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
