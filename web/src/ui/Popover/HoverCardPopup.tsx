import { PreviewCard as Base } from '@base-ui/react/preview-card'
import type { ReactNode, RefObject } from 'react'
import popup from '@/ui/popup.module.css'

export interface HoverCardPopupProps {
  open: boolean
  anchor: RefObject<HTMLElement | null>
  side: 'top' | 'bottom' | 'left' | 'right'
  align: 'start' | 'center' | 'end'
  /** The pointer came into the card. */
  onStay: () => void
  /** The pointer left it, or it was closed otherwise: then at once. */
  onLeave: (afterMs?: number) => void
  children: ReactNode
}

export function HoverCardPopup({ open, anchor, side, align, onStay, onLeave, children }: HoverCardPopupProps) {
  return (
    <Base.Root open={open} onOpenChange={next => !next && onLeave(0)}>
      <Base.Portal>
        <Base.Positioner
          className={popup.positioner}
          anchor={anchor}
          side={side}
          align={align}
          sideOffset={8}
          collisionPadding={8}
        >
          <Base.Popup className={popup.surface} onPointerEnter={onStay} onPointerLeave={() => onLeave()}>
            {children}
          </Base.Popup>
        </Base.Positioner>
      </Base.Portal>
    </Base.Root>
  )
}
