import { useState } from 'react'

/** A key that waits for what it is about: the list of the text that stands there. */
export interface Press {
  key: 'Enter' | 'ArrowDown' | 'ArrowUp'
  /** Pressed with Ctrl. */
  beside: boolean
}

const waited = ['Enter', 'ArrowDown', 'ArrowUp']

export function isWaitedFor(key: string): key is Press['key'] {
  return waited.includes(key)
}

/** Keys since the text was last changed that no list has answered yet. */
export function usePresses() {
  const [presses, setPresses] = useState<readonly Press[]>([])
  return {
    presses,
    press: (key: Press) => setPresses(before => [...before, key]),
    answered: (keys: readonly Press[]) => setPresses(before => before.filter(key => !keys.includes(key))),
    forget: () => setPresses(before => (before.length === 0 ? before : [])),
  }
}
