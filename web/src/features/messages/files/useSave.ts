import type { Id } from '@/core/api'
import { useProblemText } from '@/core/problems'
import { toasts } from '@/ui'
import { isStopped } from './arriving'
import { save } from './fetching'

/** Saves a file of a conversation on this device; why not is said. */
export function useSave(): (conversation: Id, file: Id, name: string) => void {
  const text = useProblemText()
  return (conversation, file, name) =>
    void save(conversation, file, name).catch(problem => {
      if (!isStopped(problem)) toasts.show({ id: 'not-saved', tone: 'danger', title: text(problem) })
    })
}
