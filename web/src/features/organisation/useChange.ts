import { type UseMutationResult, useMutation, useQueryClient } from '@tanstack/react-query'
import { useProblemText } from '@/core/problems'
import { refetchLive } from '@/log'
import { toasts } from '@/ui'

export interface ChangeOptions<Input> {
  change: (input: Input) => Promise<unknown>
  /** Said when it is done. */
  done: (input: Input) => string
  onDone?: () => void
}

/** A change of the organisation: afterwards everything shown of it is fetched again. */
export function useChange<Input = void>(options: ChangeOptions<Input>): UseMutationResult<unknown, Error, Input> {
  const queries = useQueryClient()
  const text = useProblemText()
  return useMutation({
    mutationFn: options.change,
    onSuccess: (_, input) => {
      toasts.show({ tone: 'ok', title: options.done(input) })
      void refetchLive(queries, 'org')
      options.onDone?.()
    },
    onError: error => toasts.show({ tone: 'danger', title: text(error) }),
  })
}
