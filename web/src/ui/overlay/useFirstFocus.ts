import { type RefObject, useRef } from 'react'
import { takeFocus } from '@/ui/keys/held-keys'

const controls = 'input, textarea, select, button, a[href], [tabindex], [contenteditable=true]'

/**
 * For `initialFocus` of a popup: its first control, or the given one, takes the focus at once, with the keys that were held for it, and
 * not in the middle of what an input method composes. Opened by a finger, the popup itself has it: no keyboard covers it then.
 */
export function useFirstFocus(given?: RefObject<HTMLElement | null>) {
  const popup = useRef<HTMLDivElement>(null)
  const initialFocus = (how: string) => {
    const own = popup.current
    if (how === 'touch' || !own) return own
    const goes = takeFocus(() => {
      if (!own.contains(document.activeElement)) (given?.current ?? firstOf(own)).focus({ preventScroll: true })
    })
    // What cannot have it yet has it in the next frame.
    return goes && !own.contains(document.activeElement) ? (given?.current ?? firstOf(own)) : false
  }
  return { popup, initialFocus }
}

function firstOf(popup: HTMLElement): HTMLElement {
  const all = [...popup.querySelectorAll<HTMLElement>(controls)]
  return (
    all.find(control => control.tabIndex >= 0 && !control.matches(':disabled') && control.checkVisibility()) ?? popup
  )
}
