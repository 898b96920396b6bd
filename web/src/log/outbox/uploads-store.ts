import { create } from 'zustand'

/** How the files of a message are on their way. */
export interface UploadState {
  /** Bytes on the server, by the key of the file. */
  received: Readonly<Record<string, number>>
  /** `waits`: for the network or the server; `paused`: until I let it go on. */
  state: 'runs' | 'waits' | 'paused'
}

/** By the key of the message. */
export const uploadsStore = create<Readonly<Record<string, UploadState>>>()(() => ({}))

export function setUpload(key: string, change: Partial<UploadState>): void {
  const now = uploadsStore.getState()[key] ?? { received: {}, state: 'runs' }
  uploadsStore.setState({ [key]: { ...now, ...change } })
}

export function forgetUpload(key: string): void {
  const { [key]: _, ...others } = uploadsStore.getState()
  uploadsStore.setState(others, true)
}
