import { msg } from '@lingui/core/macro'
import { useMutation } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { type Id, request } from '@/core/api'
import { dropHeldKeys } from '@/core/keys'
import { type ProblemWords, useProblemText } from '@/core/problems'
import { toasts } from '@/ui'

const words: ProblemWords = {
  'core.not_found': msg`This person has left or cannot be written to.`,
}

/** Opens the direct conversation with a person, which begins if there is none yet. */
export function useStartConversation() {
  const navigate = useNavigate()
  const text = useProblemText(words)
  return useMutation({
    mutationFn: (person: Id) => request('POST /conversations', { body: { kind: 'direct', person } }),
    onSuccess: ({ conversation }) =>
      navigate({ to: '/messages/$conversation', params: { conversation: conversation.id } }),
    onError: error => {
      dropHeldKeys()
      toasts.show({ tone: 'danger', title: text(error) })
    },
  })
}
