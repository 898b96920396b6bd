import { type UseMutationResult, useMutation, useQueryClient } from '@tanstack/react-query'
import { useProblemText } from '@/core/problems'
import { refetchLive } from '@/log'
import { toasts } from '@/ui'

export interface SiteChangeOptions<Input> {
  change: (input: Input) => Promise<unknown>
  /** Said when it is done. */
  done: string
  onDone?: () => void
}

/** A change of the sites: afterwards everything shown of them is fetched again. */
export function useSiteChange<Input = void>(
  options: SiteChangeOptions<Input>,
): UseMutationResult<unknown, Error, Input> {
  const queries = useQueryClient()
  const text = useProblemText()
  return useMutation({
    mutationFn: options.change,
    onSuccess: () => {
      toasts.show({ tone: 'ok', title: options.done })
      void refetchLive(queries, 'sites')
      options.onDone?.()
    },
    onError: error => toasts.show({ tone: 'danger', title: text(error) }),
  })
}
