import { type ReactNode, Suspense, useLayoutEffect } from 'react'
import { holdKeys } from '@/ui/keys/held-keys'

/** Around what is fetched when it opens: until it is there, keys are held for it. */
export function Opening({ children }: { children: ReactNode }) {
  return <Suspense fallback={<KeysHeld />}>{children}</Suspense>
}

function KeysHeld() {
  useHeldKeys(true)
  return null
}

/** From the frame on in which it opens, keys are for what takes the focus next. */
export function useHeldKeys(open: boolean): void {
  useLayoutEffect(() => {
    if (open) holdKeys()
  }, [open])
}
