import type { Conversation } from '@/core/api'
import { conversationActions } from '../slots'

/** What I may do with a conversation of my list. */
export function RowMenu({ conversation }: { conversation: Conversation }) {
  return conversationActions.entries.map(({ id, Item }) => <Item key={id} conversation={conversation} />)
}
