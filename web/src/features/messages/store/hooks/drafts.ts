import type { Id } from '@/core/api'
import { type Draft, draftsStore } from '../drafts/drafts-store.ts'

/** What I began to write in a conversation. */
export function useDraft(conversation: Id): Draft | undefined {
  return draftsStore(drafts => drafts[conversation])
}

/** All drafts by conversation. */
export function useDrafts(): Readonly<Record<Id, Draft>> {
  return draftsStore()
}
