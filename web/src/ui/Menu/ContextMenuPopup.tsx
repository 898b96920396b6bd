import { Menu as Base } from '@base-ui/react/menu'
import type { ReactNode, RefObject } from 'react'
import { classes } from '@/ui/classes'
import popup from '@/ui/popup.module.css'
import type { Point } from './ContextMenu'
import { MenuPartsContext } from './menu-parts'

export interface ContextMenuPopupProps {
  open: boolean
  onOpenChange: (open: boolean) => void
  point: RefObject<Point>
  children: ReactNode
}

export function ContextMenuPopup({ open, onOpenChange, point, children }: ContextMenuPopupProps) {
  const anchor = () => ({ getBoundingClientRect: () => new DOMRect(point.current.x, point.current.y, 0, 0) })
  return (
    <Base.Root open={open} onOpenChange={next => onOpenChange(next)}>
      <Base.Portal>
        <Base.Positioner
          className={popup.positioner}
          anchor={anchor}
          side="right"
          align="start"
          sideOffset={2}
          alignOffset={2}
          collisionPadding={8}
        >
          <Base.Popup className={classes(popup.surface, popup.list)}>
            <MenuPartsContext value={Base}>{children}</MenuPartsContext>
          </Base.Popup>
        </Base.Positioner>
      </Base.Portal>
    </Base.Root>
  )
}
