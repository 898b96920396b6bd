import { allUnsent, flagsStore } from '@/log'
import { allDrafts } from './drafts/drafts-store'

/** What only this browser has of who is signed in, in all its tabs: it goes when they sign out. */
export interface Unsent {
  messages: number
  drafts: number
  /** Pins, reactions, edits and other changes. */
  marks: number
}

export async function countUnsent(): Promise<Unsent> {
  const [messages, drafts] = await Promise.all([allUnsent(), allDrafts()])
  const marks = Object.values(flagsStore.getState()).filter(({ sent }) => sent === null)
  return { messages: messages.length, drafts: drafts.length, marks: marks.length }
}
