import type { Conversation } from '@/core/api'
import { useNameOf } from '@/log'

/** What a conversation is called: its title, or the other person's name. */
export function useTitle(conversation: Conversation | undefined): string {
  const nameOf = useNameOf()
  if (!conversation) return ''
  return conversation.kind === 'direct' && conversation.peer ? nameOf(conversation.peer) : conversation.title
}
