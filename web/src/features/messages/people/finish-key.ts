import type { KeyboardEvent } from 'react'
import { isComposing } from '@/core/keys'

/** Ctrl+Enter anywhere in a dialog does what it is for, whatever is marked in its lists. */
export function onFinishKey(finish: (() => void) | null) {
  return (event: KeyboardEvent): void => {
    const asked = event.key === 'Enter' && (event.ctrlKey || event.metaKey) && !isComposing(event.nativeEvent)
    if (!asked || !finish) return
    event.preventDefault()
    finish()
  }
}
