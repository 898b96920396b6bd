import { useLingui } from '@lingui/react/macro'
import type { Conversation, Id } from '@/core/api'
import { useShortcuts } from '@/core/keys'
import { neighbour, nextUnread } from './arrange'

/** Going from conversation to conversation by keys, wherever the focus is. */
export function useListKeys(shown: readonly Conversation[], open: Id | null, onOpen: (conversation: Id) => void): void {
  const { t } = useLingui()
  const group = t`Messages`
  const go = (conversation: Conversation | null) => {
    if (conversation) onOpen(conversation.id)
    return conversation !== null
  }
  useShortcuts([
    { keys: 'Alt+ArrowUp', label: t`Previous conversation`, group, run: () => go(neighbour(shown, open, -1)) },
    { keys: 'Alt+ArrowDown', label: t`Next conversation`, group, run: () => go(neighbour(shown, open, 1)) },
    { keys: 'Alt+Shift+ArrowUp', label: t`Previous unread`, group, run: () => go(nextUnread(shown, open, -1)) },
    { keys: 'Alt+Shift+ArrowDown', label: t`Next unread`, group, run: () => go(nextUnread(shown, open, 1)) },
  ])
}
