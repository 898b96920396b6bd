import type { Conversation } from '@/core/api'
import { useToldApart } from '@/features/contacts'

/** What a conversation is called: its title, or the other person's name, with the unit where others are called so. */
export function useTitle(conversation: Conversation | undefined): string {
  const nameOf = useToldApart()
  if (!conversation) return ''
  return conversation.kind === 'direct' && conversation.peer ? nameOf(conversation.peer) : conversation.title
}
