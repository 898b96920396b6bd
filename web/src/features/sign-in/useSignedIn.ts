import { useRouter } from '@tanstack/react-router'
import type { AnswerOf } from '@/core/api'
import { acceptSession } from '@/core/session'
import { type ReturnSearch, returnAddress } from './entry/return-address'

/** Takes over the session that was opened, then goes to where `search` says, if that is this person's. */
export function useSignedIn(search: ReturnSearch = {}) {
  const router = useRouter()
  return async (answer: AnswerOf<'POST /sessions'> | AnswerOf<'POST /setup'>): Promise<void> => {
    await acceptSession(answer)
    await router.navigate({ href: returnAddress(search, answer.me.person.id), replace: true })
  }
}
