import { type ReactNode, useState } from 'react'
import type { Id } from '@/core/api'
import { PersonDrawer, PersonHoverCard } from '@/features/contacts'
import { usePerson } from '@/log'

export interface PersonButtonProps {
  id: Id
  className?: string
  children: ReactNode
}

/** A person's face or name: pointing shows their card, a click opens it. */
export function PersonButton({ id, className, children }: PersonButtonProps) {
  const [open, setOpen] = useState(false)
  const person = usePerson(id)
  return (
    <>
      <PersonHoverCard id={id} known={person}>
        <button type="button" className={className} onClick={() => setOpen(true)}>
          {children}
        </button>
      </PersonHoverCard>
      {open && <PersonDrawer id={id} known={person} onClose={() => setOpen(false)} />}
    </>
  )
}
