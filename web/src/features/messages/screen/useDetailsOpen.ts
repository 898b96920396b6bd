import { useState } from 'react'
import { remember, remembered } from '@/ui/device-memory'

const name = 'bilin.messages.details'

/** Whether the details stand beside the conversation, as last chosen on this device. */
export function useDetailsOpen(): [boolean, (open: boolean) => void] {
  const [open, setOpen] = useState(() => remembered(name) !== 'closed')
  const change = (next: boolean) => {
    remember(name, next ? 'open' : 'closed')
    setOpen(next)
  }
  return [open, change]
}
