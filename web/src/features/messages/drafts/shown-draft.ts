import { useEffect, useMemo } from 'react'
import { type Id, idTime, type Draft as ServerDraft } from '@/core/api'
import { useConversation } from '@/log'
import { type Draft, draftOf, draftsStore, isMine } from './drafts-store'
import { fetchQuote, keptDraft, otherDraft, quoteFor, quotesStore } from './kept-draft'

/** What I began to write: what is new here, else what the server has; with the edits of this browser. */
export function shownDraft(conversation: Id): Draft | undefined {
  return shown(conversation, draftOf(conversation), keptDraft(conversation))
}

/** The same, followed. */
export function useShownDraft(conversation: Id): Draft | undefined {
  const mine = draftsStore(drafts => drafts[conversation])
  const server = useConversation(conversation)?.draft ?? null
  const reply = server?.reply_to ?? null
  const quote = quotesStore(quotes => (reply === null ? undefined : quotes[reply]))
  useEffect(() => {
    if (reply !== null) fetchQuote(conversation, reply).catch(() => undefined) // the words are there without it
  }, [conversation, reply])
  // biome-ignore lint/correctness/useExhaustiveDependencies: what is quoted is part of it
  return useMemo(() => shown(conversation, mine, server), [conversation, mine, server, quote])
}

function shown(conversation: Id, mine: Draft | undefined, server: ServerDraft | null): Draft | undefined {
  const edits = mine?.edits
  if (!server || isMine(mine)) return mine
  const reply_to = server.reply_to === null ? null : quoteFor(conversation, server.reply_to)
  return { conversation, content: server.content, reply_to, at: idTime(server.id), edits, base: server.id }
}

/** What another device wrote in the place of what I go on from here, followed. */
export function useOtherDraft(conversation: Id): ServerDraft | null {
  const mine = draftsStore(drafts => drafts[conversation])
  const server = useConversation(conversation)?.draft ?? null
  return useMemo(() => (isMine(mine) ? otherDraft(mine, server) : null), [mine, server])
}
