import { useState } from 'react'

const name = 'bilin.messages.details'

/** Whether the details stand beside the conversation, as last chosen on this device. */
export function useDetailsOpen(): [boolean, (open: boolean) => void] {
  const [open, setOpen] = useState(() => localStorage.getItem(name) !== 'closed')
  const change = (next: boolean) => {
    localStorage.setItem(name, next ? 'open' : 'closed')
    setOpen(next)
  }
  return [open, change]
}
