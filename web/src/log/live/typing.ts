import type { Id } from '@/core/api'
import { connectionStore } from './connection-store.ts'

/** I am writing in a conversation. Call it at every key: the server is told every 3 s at most. */
export function tellTyping(conversation: Id): void {
  connectionStore.getState().announce?.typing(conversation)
}
