import { type Conversation, type Id, type Made, request } from '@/core/api'
import { applyConversation, currentLog, fetchConversation, updateLog } from '@/log'

/** Begins a group. Resolves when the server has it on disk; throws `Problem`. What is done with one that is there is in `changes`. */
export async function createGroup(title: string, members: Id[]): Promise<Conversation> {
  return await enter(await request('POST /conversations', { body: { kind: 'group', title, members } }))
}

/** A conversation just made can be shown before its event comes. */
async function enter(answer: Made & { conversation: Conversation }): Promise<Conversation> {
  const { id } = answer.conversation
  if (currentLog()?.rooms[id]) return answer.conversation
  const fetched = await fetchConversation(id)
  updateLog(state => (state.rooms[id] ? state : applyConversation(state, fetched)))
  return answer.conversation
}
