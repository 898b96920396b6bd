import { Menu as Base } from '@base-ui/react/menu'
import type { ReactNode } from 'react'
import { classes } from '@/ui/classes'
import { areKeysHeld } from '@/ui/keys/held-keys'
import type { PopupProps } from '@/ui/overlay/useOverlay'
import popup from '@/ui/popup.module.css'
import { MenuPartsContext } from './menu-parts'

export interface MenuPopupProps extends PopupProps {
  side: 'top' | 'bottom' | 'left' | 'right'
  align: 'start' | 'center' | 'end'
  children: ReactNode
}

function isDialogOpening(): boolean {
  return areKeysHeld() || document.querySelector('[role=dialog][data-modal]') !== null
}

export function MenuPopup({ open, onOpenChange, anchor, side, align, children }: MenuPopupProps) {
  return (
    <Base.Root open={open} onOpenChange={onOpenChange}>
      <Base.Portal>
        <Base.Positioner
          className={popup.positioner}
          anchor={anchor}
          side={side}
          align={align}
          sideOffset={4}
          collisionPadding={8}
        >
          <Base.Popup
            className={classes(popup.surface, popup.list)}
            // An item may have opened a dialog, which then has the focus, or will have it.
            finalFocus={() => (isDialogOpening() ? false : anchor.current)}
          >
            <MenuPartsContext value={Base}>{children}</MenuPartsContext>
          </Base.Popup>
        </Base.Positioner>
      </Base.Portal>
    </Base.Root>
  )
}
