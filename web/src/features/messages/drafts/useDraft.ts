import type { Id } from '@/core/api'
import { type Draft, draftsStore } from './drafts-store'

/** What I began to write in a conversation. */
export function useDraft(conversation: Id): Draft | undefined {
  return draftsStore(drafts => drafts[conversation])
}
