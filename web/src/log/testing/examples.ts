/** For tests: a conversation and a message of which only that matters which a test says. */
import type { Conversation, Message } from '../../core/api/contract.ts'
import { freshConversation, freshMessage } from '../reducer/fresh.ts'

/** A group that I read to its end. */
export function conversation(some: Partial<Conversation> = {}): Conversation {
  const begun = { id: '5', title: 'Ops', members: 3, last_seq: 5, read_seq: 5, created: '1', joined: '1' }
  return { ...freshConversation, ...begun, kind: 'group', peer: null, my_role: 'member', ...some }
}

/** A text in it. */
export function message(some: Partial<Message> = {}): Message {
  return { ...freshMessage, id: '10', conversation: '5', sender: '2', seq: 1, ...some }
}
