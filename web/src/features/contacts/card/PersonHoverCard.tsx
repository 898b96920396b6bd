import type { ReactElement } from 'react'
import type { Id, Person } from '@/core/api'
import { HoverCard } from '@/ui'
import { PersonCard } from './LaterCard'

export interface PersonHoverCardProps {
  id: Id
  known?: Person
  /** What is pointed at: an avatar or a name in a button or link. */
  children: ReactElement
  side?: 'top' | 'bottom' | 'left' | 'right'
}

/** Pointing at a person for a moment shows who they are. A click must lead to the same. */
export function PersonHoverCard({ id, known, children, side }: PersonHoverCardProps) {
  return (
    <HoverCard trigger={children} side={side}>
      <PersonCard id={id} known={known} size="compact" />
    </HoverCard>
  )
}
