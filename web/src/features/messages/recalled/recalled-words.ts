import { useEffect } from 'react'
import { create } from 'zustand'
import type { Content, Id, Message, Quote } from '@/core/api'
import type { Companion } from '@/log'

/** How long the words of what I recalled can be taken up again, ms. */
export const keptMs = 60 * 60_000

/** What I had said in a message that I recalled in this tab. Nobody else has it: the server shows it to nobody any more. */
export interface RecalledWords {
  content: Content
  reply_to: Quote | null
  /** When I recalled it, ms. */
  at: number
}

type All = Readonly<Record<Id, RecalledWords>>

const recalledStore = create<All>()(() => ({}))
let stored: string | null = null

/** Take up what was recalled before a reload. The browser drops it with the tab. */
export function startRecalledWords(person: Id): void {
  stored = `bilin.recalled.${person}`
  recalledStore.setState(fresh(read(stored)), true)
}

/** Somebody signed out. */
export function stopRecalledWords(): void {
  const name = stored
  stored = null
  recalledStore.setState({}, true)
  if (name) guarded(() => sessionStorage.removeItem(name))
}

export const recalledWords: Companion = { start: me => startRecalledWords(me.person.id), stop: stopRecalledWords }

/** Keep the words of a message of mine at the moment of its recall. */
export function keepRecalledWords({ id, content, reply_to }: Message): void {
  if (!content) return
  const words = { content, reply_to: reply_to?.recalled ? null : reply_to, at: Date.now() }
  recalledStore.setState({ ...fresh(recalledStore.getState()), [id]: words }, true)
  const name = stored
  if (name) guarded(() => sessionStorage.setItem(name, JSON.stringify(recalledStore.getState())))
}

/** The words of a message that I recalled here a while ago at most. */
export function useRecalledWords(message: Id): RecalledWords | undefined {
  const words = recalledStore(all => all[message])
  useEffect(() => {
    if (!words) return
    const forget = () => recalledStore.setState(fresh(recalledStore.getState()), true)
    const timer = setTimeout(forget, words.at + keptMs - Date.now())
    return () => clearTimeout(timer)
  }, [words])
  return words
}

function fresh(all: All): All {
  return Object.fromEntries(Object.entries(all).filter(([, { at }]) => Date.now() - at < keptMs))
}

function read(name: string): All {
  try {
    return JSON.parse(sessionStorage.getItem(name) ?? '{}') as All
  } catch {
    return {}
  }
}

/** A browser may forbid storage, or have no room: then the words live as long as the page. */
function guarded(change: () => void): void {
  try {
    change()
  } catch (cause) {
    console.warn('Recalled words are kept as long as the page only', cause)
  }
}
