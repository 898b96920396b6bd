import { useState } from 'react'
import { useProblemText } from '@/core/problems'
import { toasts } from '@/ui'

/** Runs a change asked of the server: busy meanwhile, a refusal is said. What it changed comes by its event. */
export function useChange() {
  const [busy, setBusy] = useState(false)
  const text = useProblemText()
  const run = (change: Promise<unknown>, onDone?: () => void) => {
    setBusy(true)
    change
      .then(
        () => onDone?.(),
        (problem: unknown) => {
          toasts.show({ tone: 'danger', title: text(problem) })
        },
      )
      .finally(() => setBusy(false))
  }
  return { busy, run }
}
