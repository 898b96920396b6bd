import type { Id } from '@/core/api'
import { useProblemText } from '@/core/problems'
import { toasts } from '@/ui'
import { changePreferences } from '../commands'

type PreferenceChange = Parameters<typeof changePreferences>[1]

/** Changes how a conversation behaves for me alone; a refusal is said. */
export function usePreferenceChange(conversation: Id): (change: PreferenceChange) => void {
  const text = useProblemText()
  return change => {
    changePreferences(conversation, change).catch((problem: unknown) =>
      toasts.show({ tone: 'danger', title: text(problem) }),
    )
  }
}
