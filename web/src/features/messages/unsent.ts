import { allUnsent, flagsStore } from '@/log'
import { allDrafts } from './drafts/drafts-store'
import { allAttached } from './files/attached'

/** What only this browser has of who is signed in, in all its tabs: it goes when they sign out. */
export interface Unsent {
  messages: number
  /** Conversations in which something was begun: words, or files that were chosen. */
  drafts: number
  /** Pins, reactions, edits and other changes. */
  marks: number
}

export async function countUnsent(): Promise<Unsent> {
  const [messages, drafts, attached] = await Promise.all([allUnsent(), allDrafts(), allAttached()])
  const begun = new Set([...drafts.map(({ conversation }) => conversation), ...attached])
  const marks = Object.values(flagsStore.getState()).filter(({ sent }) => sent === null)
  return { messages: messages.length, drafts: begun.size, marks: marks.length }
}
