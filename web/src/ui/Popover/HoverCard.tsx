import { PreviewCard as Base } from '@base-ui/react/preview-card'
import type { ReactElement, ReactNode } from 'react'
import popup from '@/ui/popup.module.css'

export interface HoverCardProps {
  /** A link or button about a thing; pointing at it for a moment shows the card. */
  trigger: ReactElement
  children: ReactNode
  side?: 'top' | 'bottom' | 'left' | 'right'
  align?: 'start' | 'center' | 'end'
  /** Told when it opens, so that its content may be fetched then. */
  onOpenChange?: (open: boolean) => void
}

/** More about a person or thing on hover. What it holds must be reachable by a click, too. */
export function HoverCard({ trigger, children, side = 'right', align = 'start', onOpenChange }: HoverCardProps) {
  return (
    <Base.Root onOpenChange={open => onOpenChange?.(open)}>
      <Base.Trigger render={trigger} delay={500} closeDelay={150} />
      <Base.Portal>
        <Base.Positioner className={popup.positioner} side={side} align={align} sideOffset={8} collisionPadding={8}>
          <Base.Popup className={popup.surface}>{children}</Base.Popup>
        </Base.Positioner>
      </Base.Portal>
    </Base.Root>
  )
}
