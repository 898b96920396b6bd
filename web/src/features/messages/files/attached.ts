import { create } from 'zustand'
import type { Id } from '@/core/api'
import type { Cache } from '@/core/cache'
import { anew, type Companion, noteKept, noteUnkept, type OutgoingFile } from '@/log'

interface Attached {
  conversation: Id
  files: readonly OutgoingFile[]
}

let cache: Cache | null = null

/** Files that were chosen and go with the next message, by conversation. */
const attachedStore = create<Readonly<Record<Id, readonly OutgoingFile[]>>>()(() => ({}))
const none: readonly OutgoingFile[] = []

/** They outlive a reload, as what was written beside them does. */
export const attachments: Companion = {
  async start(_, from) {
    cache = from
    const kept = (await from?.all<Attached>('attached').catch(() => [])) ?? []
    if (cache !== from) return
    const chosen = attachedStore.getState()
    attachedStore.setState({ ...Object.fromEntries(kept.map(each => [each.conversation, each.files])), ...chosen })
  },
  stop() {
    cache = null
    attachedStore.setState({}, true)
  },
}

function set(conversation: Id, files: readonly OutgoingFile[]): void {
  attachedStore.setState({ [conversation]: files })
  const name = `files ${conversation}`
  const stored =
    files.length > 0 ? cache?.put('attached', { conversation, files }) : cache?.remove('attached', conversation)
  if (files.length === 0) noteKept(name)
  if (stored)
    stored.then(
      () => noteKept(name),
      cause => noteUnkept(name, cause),
    )
  else if (files.length > 0) noteUnkept(name, null)
}

/** Conversations in which this browser has files that were not sent. */
export async function allAttached(): Promise<Id[]> {
  const stored = (await cache?.all<Attached>('attached').catch(() => null)) ?? []
  const here = Object.entries(attachedStore.getState()).filter(([, files]) => files.length > 0)
  return [
    ...new Set([...stored.map(({ conversation }) => conversation), ...here.map(([conversation]) => conversation)]),
  ]
}

export function attachedOf(conversation: Id): readonly OutgoingFile[] {
  return attachedStore.getState()[conversation] ?? none
}

export function useAttached(conversation: Id): readonly OutgoingFile[] {
  return attachedStore(all => all[conversation] ?? none)
}

const attaching = () => import('./attaching')

/** Put some beside what is written. */
export async function attach(conversation: Id, files: readonly File[]): Promise<void> {
  const { asMany, asOutgoing } = await attaching()
  const attached = await Promise.all(files.map(asOutgoing))
  set(conversation, asMany([...attachedOf(conversation), ...attached]))
}

/** The same, of what is dropped or pasted. Folders are no files: said, and left out. */
export function bring(conversation: Id, transfer: DataTransfer): void {
  const items = [...transfer.items].filter(({ kind }) => kind === 'file')
  const files = items.filter(item => !item.webkitGetAsEntry()?.isDirectory)
  if (files.length < items.length) void attaching().then(({ tellFolders }) => tellFolders())
  void attach(
    conversation,
    files.flatMap(item => item.getAsFile() ?? []),
  )
}

/** Put those of a message that was not sent back. */
export function putBack(conversation: Id, files: readonly OutgoingFile[]): void {
  set(conversation, [...attachedOf(conversation), ...files.map(anew)])
}

export function detach(conversation: Id, key: string): void {
  set(
    conversation,
    attachedOf(conversation).filter(file => file.key !== key),
  )
}

/** They are sent. */
export function takeAttached(conversation: Id): readonly OutgoingFile[] {
  const files = attachedOf(conversation)
  if (files.length > 0) set(conversation, none)
  return files
}
