import { allUnsent } from '@/log'
import { allDrafts } from './drafts/drafts-store'

/** What only this browser has of who is signed in, in all its tabs: it goes when they sign out. */
export interface Unsent {
  messages: number
  drafts: number
}

export async function countUnsent(): Promise<Unsent> {
  const [messages, drafts] = await Promise.all([allUnsent(), allDrafts()])
  return { messages: messages.length, drafts: drafts.length }
}
