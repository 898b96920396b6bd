import { create } from 'zustand'
import type { Id } from '@/core/api'
import { anew, type OutgoingFile } from '@/log'

/** Files that were chosen and go with the next message, by conversation: as long as the page is open. */
const attachedStore = create<Readonly<Record<Id, readonly OutgoingFile[]>>>()(() => ({}))
const none: readonly OutgoingFile[] = []

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
  attachedStore.setState({ [conversation]: asMany([...attachedOf(conversation), ...attached]) })
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
  attachedStore.setState({ [conversation]: [...attachedOf(conversation), ...files.map(anew)] })
}

export function detach(conversation: Id, key: string): void {
  attachedStore.setState({ [conversation]: attachedOf(conversation).filter(file => file.key !== key) })
}

/** They are sent. */
export function takeAttached(conversation: Id): readonly OutgoingFile[] {
  const files = attachedOf(conversation)
  if (files.length > 0) attachedStore.setState({ [conversation]: none })
  return files
}
