import { useState } from 'react'
import { remember, remembered } from '../device-memory'

/** A width in px that this device remembers. */
export function useStoredSize(name: string, initial: number, min: number, max: number) {
  const key = `bilin.size.${name}`
  const within = (size: number) => Math.round(Math.min(max, Math.max(min, size)))
  const [size, setSize] = useState(() => within(Number(remembered(key)) || initial))
  const store = (next: number) => {
    setSize(within(next))
    remember(key, String(within(next)))
  }
  return [size, store] as const
}
