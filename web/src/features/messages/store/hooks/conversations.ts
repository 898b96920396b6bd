import { useEffect, useMemo } from 'react'
import type { Conversation, Id, Member } from '@/core/api'
import { draftsStore, hasWords } from '../drafts/drafts-store.ts'
import { connectionStore } from '../live/connection-store.ts'
import { ensureConversations, ensureMembers } from '../live/ensure.ts'
import { logStore } from '../live/log-store.ts'
import { hasUnreadMention, isSilent, unreadOf } from '../log/counted.ts'
import type { Room, State } from '../log/state.ts'
import { outboxStore } from '../outbox/outbox-store.ts'
import { shownConversation } from './shown.ts'

/** Whether the conversations are known (from the server, or from last time). */
export function useLogReady(): boolean {
  return logStore(({ log }) => log !== null)
}

/** My conversations in which something was said, in no order. The same array while none of them changed. */
export function useConversations(): readonly Conversation[] {
  return logStore(({ log }) => conversationsIn(log))
}

/** Those, and of the direct ones in which nobody said anything the open one, and where I began to write. */
export function useListed(open: Id | null): readonly Conversation[] {
  const said = useConversations()
  const silent = logStore(({ log }) => silentIn(log))
  const drafts = draftsStore()
  const outgoing = outboxStore()
  return useMemo(() => {
    const mine = silent.filter(({ id }) => id === open || drafts[id] || outgoing[id]?.length)
    return mine.length > 0 ? [...said, ...mine] : said
  }, [said, silent, drafts, outgoing, open])
}

/** Conversations that are not there any more (I was removed from them) and in which I wrote what nobody has. */
export function useLeftBehind(): readonly Id[] {
  const rooms = logStore(({ log }) => log?.rooms)
  const drafts = draftsStore()
  const outgoing = outboxStore()
  return useMemo(() => {
    if (!rooms) return []
    const unsent = Object.entries(outgoing).filter(([, list]) => list.some(({ sent }) => !sent))
    const written = Object.entries(drafts).filter(([, draft]) => hasWords(draft))
    return [...new Set([...unsent, ...written].map(([id]) => id))].filter(id => !rooms[id])
  }, [rooms, drafts, outgoing])
}

/** Fetches a conversation that is not held: nothing was said in it yet, or I came to it just now. */
export function useConversationWanted(id: Id | null): void {
  const isMissing = logStore(({ log }) => log !== null && id !== null && !log.rooms[id])
  useEffect(() => {
    if (isMissing && id) ensureConversations([id])
  }, [isMissing, id])
}

/** One conversation; undefined when I am not in it. */
export function useConversation(id: Id | null | undefined): Conversation | undefined {
  return logStore(({ log }) => {
    const room = id ? log?.rooms[id] : undefined
    return room && shownConversation(room)
  })
}

/** Whether a conversation that is not held is being fetched, so that it may still appear. */
export function useIsConversationComing(id: Id): boolean {
  return logStore(({ log }) => log === null || id in log.wanted.conversations)
}

/** The members of a conversation by person, fetched when needed; null until they are there. */
export function useMembers(conversation: Id): Readonly<Record<Id, Member>> | null {
  const members = logStore(({ log }) => log?.rooms[conversation]?.header.members ?? null)
  const isMissing = logStore(({ log }) => log?.rooms[conversation] !== undefined && members === null)
  useEffect(() => {
    if (isMissing) ensureMembers(conversation)
  }, [isMissing, conversation])
  return members
}

/** Unread messages of all conversations that are not muted: the number on the rail. */
export function useUnreadTotal(): number {
  return logStore(({ log }) => totalsIn(log).unread)
}

/** Conversations in which somebody mentions me and I have not looked. */
export function useUnreadMentions(): number {
  return logStore(({ log }) => totalsIn(log).mentions)
}

/** Another one when units or people changed: whoever shows lists of them fetches again. Empty until it is known. */
export function useOrgPosition(): string {
  return logStore(({ log }) => (log ? `${log.began} ${log.orgPos}` : ''))
}

export function useConnectionStatus() {
  return connectionStore(state => state.status)
}

/** The version of the server that is answering now; null until it said so. */
export function useServerVersion(): string | null {
  return connectionStore(state => state.version)
}

const lists = new WeakMap<State['rooms'], readonly Conversation[]>()
const totals = new WeakMap<readonly Conversation[], { unread: number; mentions: number }>()
const none: readonly Conversation[] = []
let before = none

const parts = new WeakMap<readonly Conversation[], { said: readonly Conversation[]; silent: readonly Conversation[] }>()

function conversationsIn(log: State | null): readonly Conversation[] {
  return partsOf(log).said
}

function silentIn(log: State | null): readonly Conversation[] {
  return partsOf(log).silent
}

function partsOf(log: State | null) {
  const all = allIn(log)
  const made = parts.get(all)
  if (made) return made
  const silent = all.filter(isSilent)
  const next = silent.length === 0 ? { said: all, silent: none } : { said: all.filter(each => !isSilent(each)), silent }
  parts.set(all, next)
  return next
}

/** Events about parts that do not show (members, older messages) leave the list the same. */
function allIn(log: State | null): readonly Conversation[] {
  if (!log) return none
  const made = lists.get(log.rooms)
  if (made) return made
  const next = Object.values(log.rooms).map((room: Room) => shownConversation(room))
  const isSame = next.length === before.length && next.every((conversation, index) => conversation === before[index])
  before = isSame ? before : next
  lists.set(log.rooms, before)
  return before
}

function totalsIn(log: State | null): { unread: number; mentions: number } {
  const conversations = conversationsIn(log)
  const made = totals.get(conversations)
  if (made) return made
  const sum = { unread: 0, mentions: 0 }
  for (const conversation of conversations) {
    if (!conversation.muted) sum.unread += unreadOf(conversation)
    if (hasUnreadMention(conversation)) sum.mentions += 1
  }
  totals.set(conversations, sum)
  return sum
}
