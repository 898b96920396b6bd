import { useLingui } from '@lingui/react/macro'
import type { Id } from '@/core/api'
import { useToldApart } from '@/features/contacts'
import { useConversations } from '@/log'

/** What a conversation of mine is called, by its id. */
export function useTitleOf(): (conversation: Id) => string {
  const { t } = useLingui()
  const nameOf = useToldApart()
  const conversations = useConversations()
  return id => {
    const found = conversations.find(each => each.id === id)
    if (!found) return t`A conversation`
    return found.peer === null ? found.title : nameOf(found.peer)
  }
}
