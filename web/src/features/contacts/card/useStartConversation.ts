import { msg } from '@lingui/core/macro'
import { useMutation } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { type Id, request } from '@/core/api'
import { dropHeldKeys } from '@/core/keys'
import { type ProblemWords, useProblemText } from '@/core/problems'
import { currentLog } from '@/log'
import { toasts } from '@/ui'

const words: ProblemWords = {
  'core.not_found': msg`This person has left or cannot be written to.`,
}

/** Opens the direct conversation with a person, which begins if there is none yet. One that is held here opens without network. */
export function useStartConversation() {
  const navigate = useNavigate()
  const text = useProblemText(words)
  return useMutation({
    mutationFn: async (person: Id) => heldWith(person) ?? (await begin(person)),
    onSuccess: conversation => navigate({ to: '/messages/$conversation', params: { conversation } }),
    onError: error => {
      dropHeldKeys()
      toasts.show({ tone: 'danger', title: text(error) })
    },
  })
}

function heldWith(person: Id): Id | undefined {
  const rooms = Object.values(currentLog()?.rooms ?? {})
  return rooms.find(({ header }) => header.conversation.peer === person)?.header.conversation.id
}

async function begin(person: Id): Promise<Id> {
  const { conversation } = await request('POST /conversations', { body: { kind: 'direct', person } })
  return conversation.id
}
