import { useLayoutEffect, useState } from 'react'
import type { Person } from '@/core/api'

/** What of a key a picker must know. */
interface Key {
  key: string
  ctrlKey: boolean
  metaKey: boolean
}

/**
 * Arrows move, Enter takes. While nothing is written nobody is marked, so that one Enter more adds no stranger; after that,
 * Enter waits for those whom the text means (`isCurrent`).
 */
export function usePickerKeys(
  offered: readonly Person[],
  isSearch: boolean,
  isCurrent: boolean,
  onTake: (person: Person, wasTyped: boolean) => void,
) {
  const [moved, setMoved] = useState<number | null>(null)
  const [waits, setWaits] = useState(false)
  const active = moved ?? (isSearch ? 0 : -1)
  const last = offered.length - 1
  useLayoutEffect(() => {
    if (!waits || !isCurrent) return
    setWaits(false)
    const person = offered[active]
    if (person) onTake(person, moved === null)
  })
  const press = ({ key, ctrlKey, metaKey }: Key): boolean => {
    if (key === 'Enter' && (ctrlKey || metaKey)) return false
    if (key === 'ArrowDown') setMoved(Math.min(last, active + 1))
    else if (key === 'ArrowUp') setMoved(Math.max(0, active - 1))
    else if (key === 'Enter' && active >= 0) setWaits(true)
    else return key === 'Enter'
    return true
  }
  /** The text has changed: all begins anew. */
  const begin = () => {
    setMoved(null)
    setWaits(false)
  }
  return { active, press, begin, isWaiting: waits && !isCurrent }
}
