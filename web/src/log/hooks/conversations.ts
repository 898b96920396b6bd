import { useEffect } from 'react'
import type { Conversation, Id } from '@/core/api'
import { connectionStore } from '../live/connection-store.ts'
import { ensureConversations, ensureMembers } from '../live/ensure.ts'
import { logStore } from '../live/log-store.ts'
import { isSilent, unreadOf } from '../reducer/counted.ts'
import type { Members, Roster } from '../reducer/members.ts'
import type { Room, State } from '../reducer/state.ts'
import { shownConversation } from './shown.ts'

/** Whether the conversations are known (from the server, or from last time). */
export function useLogReady(): boolean {
  return logStore(({ log }) => log !== null)
}

/** My conversations in which something was said, in no order. The same array while none of them changed. */
export function useConversations(): readonly Conversation[] {
  return logStore(({ log }) => conversationsIn(log))
}

/** My direct conversations in which nobody said anything yet: they are listed for a reason only. */
export function useSilentConversations(): readonly Conversation[] {
  return logStore(({ log }) => silentIn(log))
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

/** The same, outside of components. */
export function heldConversation(id: Id): Conversation | undefined {
  const room = logStore.getState().log?.rooms[id]
  return room && shownConversation(room)
}

/** Whether a conversation that is not held is being fetched, so that it may still appear. */
export function useIsConversationComing(id: Id): boolean {
  return logStore(({ log }) => log === null || id in log.wanted.conversations)
}

/** What slices hold of a conversation; null until it is fetched. */
export function useConversationParts(conversation: Id): Room['header']['parts'] {
  return logStore(({ log }) => log?.rooms[conversation]?.header.parts ?? null)
}

/** Who is in a conversation and as what, fetched when needed; null until they are there. The same while that is the same. */
export function useRoster(conversation: Id): Roster | null {
  useMembersWanted(conversation)
  return logStore(({ log }) => log?.rooms[conversation]?.header.members?.roster() ?? null)
}

/** The members of a conversation with how far each has read, fetched when needed; null until they are there. */
export function useMembers(conversation: Id): Members | null {
  useMembersWanted(conversation)
  return logStore(({ log }) => log?.rooms[conversation]?.header.members ?? null)
}

function useMembersWanted(conversation: Id): void {
  const isMissing = logStore(({ log }) => log?.rooms[conversation]?.header.members === null)
  useEffect(() => {
    if (isMissing) ensureMembers(conversation)
  }, [isMissing, conversation])
}

/** Unread messages of all conversations that are not muted: the number on the rail. */
export function useUnreadTotal(): number {
  return logStore(({ log }) => unreadIn(log))
}

export function useConnectionStatus() {
  return connectionStore(state => state.status)
}

/** The version of the server that is answering now; null until it said so. */
export function useServerVersion(): string | null {
  return connectionStore(state => state.version)
}

const lists = new WeakMap<State['rooms'], readonly Conversation[]>()
const totals = new WeakMap<readonly Conversation[], number>()
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

function unreadIn(log: State | null): number {
  const conversations = conversationsIn(log)
  const made = totals.get(conversations)
  if (made !== undefined) return made
  const sum = conversations.reduce((all, one) => (one.muted ? all : all + unreadOf(one)), 0)
  totals.set(conversations, sum)
  return sum
}
