import { type RefObject, useLayoutEffect } from 'react'
import { takeFocus } from './held-keys'

/**
 * What appears takes the focus, and with it the keys that were held for it; not in the middle of what an input method composes,
 * as the attribute `autofocus` would.
 */
export function useTakesFocus(target: RefObject<HTMLElement | null>, wanted = true): void {
  // biome-ignore lint/correctness/useExhaustiveDependencies: once, as it appears
  useLayoutEffect(() => {
    if (wanted) takeFocus(() => target.current?.focus())
  }, [])
}
