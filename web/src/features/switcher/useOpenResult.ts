import { useRouter } from '@tanstack/react-router'
import { useStartConversation } from '@/features/contacts'
import type { Result } from './results'

/**
 * Goes to what was chosen; `beside` opens it in a window of its own. A person opens as our direct conversation. True:
 * another place will take the focus, so that nothing more is written where one was.
 */
export function useOpenResult(): (result: Result, beside: boolean) => boolean {
  const router = useRouter()
  const start = useStartConversation()
  return (result, beside) => {
    if (result.type === 'command') {
      result.command.run()
      return result.command.takesFocus ?? false
    }
    if (result.type === 'person') {
      start.mutate(result.person.id)
      return true
    }
    const place = { to: '/messages/$conversation', params: { conversation: result.conversation.id } } as const
    const { href } = router.buildLocation(place)
    if (beside) window.open(href, '_blank', 'noopener')
    else void router.navigate(place)
    return !beside && href !== router.state.location.href
  }
}
