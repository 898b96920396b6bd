import {
  type Change,
  type Content,
  type Conversation,
  type Id,
  type Made,
  type Message,
  type Role,
  request,
} from '@/core/api'
import { currentPerson } from '@/core/session'
import { applyConversation, currentLog, fetchConversation, updateLog } from '@/log'
import { keepRecalledWords } from './recalled/recalled-words.ts'

/**
 * What a person can do with conversations and messages, sending apart (outbox). Each resolves when the server has it on disk;
 * the screen changes by the event that follows. Each throws `Problem`.
 */

export async function createGroup(title: string, members: Id[]): Promise<Conversation> {
  return await enter(await request('POST /conversations', { body: { kind: 'group', title, members } }))
}

export function renameConversation(conversation: Id, title: string): Promise<Change> {
  return request('PATCH /conversations/{conversation}', { path: { conversation }, body: { title } })
}

export function addMembers(conversation: Id, people: Id[]): Promise<Change> {
  return request('POST /conversations/{conversation}/members', { path: { conversation }, body: { people } })
}

export function removeMember(conversation: Id, person: Id): Promise<Change> {
  return request('DELETE /conversations/{conversation}/members/{person}', { path: { conversation, person } })
}

export function leaveConversation(conversation: Id): Promise<Change> {
  return request('POST /conversations/{conversation}/leave', { path: { conversation } })
}

export function handOn(conversation: Id, person: Id): Promise<Change> {
  return request('POST /conversations/{conversation}/owner', { path: { conversation }, body: { person } })
}

export function setRole(conversation: Id, person: Id, role: Role): Promise<Change> {
  return request('PUT /conversations/{conversation}/members/{person}/role', {
    path: { conversation, person },
    body: { role },
  })
}

/** How a conversation behaves for me alone. */
export function changePreferences(
  conversation: Id,
  change: Partial<Pick<Conversation, 'muted' | 'pinned' | 'hidden'>>,
): Promise<Change> {
  return request('PATCH /conversations/{conversation}/preferences', { path: { conversation }, body: change })
}

/** `based_on`: the version that I changed; another one there now is refused with `messaging.edited_meanwhile`. */
export function editMessage({ conversation, id }: Message, content: Content, based_on: Id): Promise<Change> {
  const path = { conversation, message: id }
  return request('PATCH /conversations/{conversation}/messages/{message}', { path, body: { content, based_on } })
}

export function recall(message: Message): Promise<Change> {
  const { conversation, id } = message
  if (message.sender === currentPerson()) keepRecalledWords(message)
  return request('POST /conversations/{conversation}/messages/{message}/recall', {
    path: { conversation, message: id },
  })
}

/** Put my emoji under a message, or take it away when it is there. */
export function react({ conversation, id, reactions }: Message, emoji: string): Promise<Change> {
  const me = currentPerson()
  const isThere = reactions.some(reaction => reaction.emoji === emoji && me !== null && reaction.people.includes(me))
  const input = { path: { conversation, message: id, emoji } }
  return isThere
    ? request('DELETE /conversations/{conversation}/messages/{message}/reactions/{emoji}', input)
    : request('PUT /conversations/{conversation}/messages/{message}/reactions/{emoji}', input)
}

/** A conversation just made can be shown before its event comes. */
async function enter(answer: Made & { conversation: Conversation }): Promise<Conversation> {
  const { id } = answer.conversation
  if (currentLog()?.rooms[id]) return answer.conversation
  const fetched = await fetchConversation(id)
  updateLog(state => (state.rooms[id] ? state : applyConversation(state, fetched)))
  return answer.conversation
}
