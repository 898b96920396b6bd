import { useEffect } from 'react'
import type { Conversation } from '@/core/api'
import { useFlagsOf } from '@/log'
import { asIHaveIt, changePreferences, type Preference } from '../changes/group'

/** Who opens a conversation that they marked as unread has come back to it. */
export function useBackAtUnread(conversation: Conversation): void {
  const { id } = conversation
  const { unread } = asIHaveIt(conversation, useFlagsOf<Preference>('preference', id))
  // biome-ignore lint/correctness/useExhaustiveDependencies: marked while it is open it stays so
  useEffect(() => {
    if (unread) changePreferences(id, { unread: false })
  }, [id])
}
