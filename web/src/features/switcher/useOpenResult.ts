import { useRouter } from '@tanstack/react-router'
import { useStartConversation } from '@/features/contacts'
import type { Result } from './results'

/** Goes to what was chosen; `beside` opens it in a window of its own. A person opens as our direct conversation. */
export function useOpenResult(): (result: Result, beside: boolean) => void {
  const router = useRouter()
  const start = useStartConversation()
  return (result, beside) => {
    if (result.type === 'command') return result.command.run()
    if (result.type === 'person') return start.mutate(result.person.id)
    const place = { to: '/messages/$conversation', params: { conversation: result.conversation.id } } as const
    if (beside) window.open(router.buildLocation(place).href, '_blank', 'noopener')
    else void router.navigate(place)
  }
}
