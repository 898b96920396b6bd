import { useRouter } from '@tanstack/react-router'
import type { AnswerOf } from '@/core/api'
import { acceptSession } from '@/core/session'

/** Takes over the session that was opened, then goes to `address`, a place inside the app. */
export function useSignedIn(address = '/') {
  const router = useRouter()
  return async (answer: AnswerOf<'POST /sessions'> | AnswerOf<'POST /setup'>): Promise<void> => {
    await acceptSession(answer)
    await router.navigate({ href: address, replace: true })
  }
}
