import { t } from '@lingui/core/macro'
import { create } from 'zustand'
import {
  type Content,
  compareIds,
  type Id,
  type Message,
  type Quote,
  request,
  type Draft as ServerDraft,
} from '@/core/api'
import { currentLog, heldMessage } from '@/log'
import { contentLine, contentText } from '../blocks/text'
import { toDoc } from '../composer/doc'
import { quoteOf } from '../composer/occasion'
import type { Draft } from './drafts-store'

const words = { everyone: '@', fences: true }

/** What the server has of what I began to write, as far as is known here. */
export function keptDraft(conversation: Id): ServerDraft | null {
  return currentLog()?.rooms[conversation]?.header.conversation.draft ?? null
}

/** Whether two texts are the same to who reads them: one may leave out what the other says though it goes without saying. */
export function isSameText(one: Content, other: Content): boolean {
  return JSON.stringify(toDoc(one)) === JSON.stringify(toDoc(other))
}

/** Whether one text has all of another one in it: it goes on from it, or has its lines among its own. */
export function contains(all: Content, part: Content): boolean {
  const [whole, wanted] = [contentText(all, words).trim(), contentText(part, words).trim()]
  return whole.startsWith(wanted) || `\n${whole}\n`.includes(`\n${wanted}\n`)
}

/**
 * What another device wrote in the place of what is gone on from here: neither is given up without my word. Where one of the two has the
 * other in it, nothing is in question.
 */
export function otherDraft(mine: Draft, server: ServerDraft | null): ServerDraft | null {
  if (mine.ended || !server || server.id === (mine.base ?? null)) return null
  const isNewer = compareIds(server.id, mine.base ?? '0') > 0 || server.id === mine.refused
  const isPart = contains(server.content, mine.content) || contains(mine.content, server.content)
  return isNewer && !isPart ? server : null
}

/** Quotes of messages that drafts of other devices answer, and that are not held here. */
export const quotesStore = create<Record<Id, Quote>>()(() => ({}))

/** What a draft of another device answers. Until a message that is not held has come, only which it is. */
export function quoteFor(conversation: Id, message: Id): Quote {
  const held = heldMessage(currentLog()?.rooms[conversation], message)
  return held
    ? quoted(held)
    : (quotesStore.getState()[message] ?? { id: message, sender: '', text: '', recalled: false })
}

/** Fetch what a draft answers, where it is not held. */
export async function fetchQuote(conversation: Id, message: Id): Promise<void> {
  if (heldMessage(currentLog()?.rooms[conversation], message) || quotesStore.getState()[message]) return
  const query = { around: message, limit: 1 }
  const page = await request('GET /conversations/{conversation}/messages', { path: { conversation }, query })
  const found = page.messages.find(({ id }) => id === message)
  if (found) quotesStore.setState({ [message]: quoted(found) })
}

function quoted(message: Message): Quote {
  return quoteOf(message, message.content ? contentLine(message.content, { everyone: t`all` }) : '')
}
