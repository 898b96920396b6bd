import { create } from 'zustand'
import type { Announcements, ConnectionStatus } from '@/core/socket'

interface ConnectionState {
  status: ConnectionStatus
  /** The version of the server, once it has said so. */
  version: string | null
  /** Tells the server about me: typing, whom I watch, whether I am here. Null while nobody is signed in. */
  announce: Announcements | null
}

const initial = (): ConnectionState => ({
  status: { phase: 'idle', since: Date.now() },
  version: null,
  announce: null,
})

export const connectionStore = create<ConnectionState>()(initial)

export function resetConnection(): void {
  connectionStore.setState(initial())
}

export function isLive(): boolean {
  return connectionStore.getState().status.phase === 'live'
}
