import { type ReactElement, type ReactNode, Suspense } from 'react'
import { MenuPopup } from '@/ui/overlay/popups'
import { useOverlay } from '@/ui/overlay/useOverlay'

export interface MenuProps {
  /** The button that opens it: Button, IconButton, or anything that takes a ref and props. */
  trigger: ReactElement
  children: ReactNode
  side?: 'top' | 'bottom' | 'left' | 'right'
  align?: 'start' | 'center' | 'end'
  open?: boolean
  onOpenChange?: (open: boolean) => void
}

export function Menu({ trigger, children, side = 'bottom', align = 'start', open, onOpenChange }: MenuProps) {
  const overlay = useOverlay(trigger, 'menu', open, onOpenChange)
  return (
    <>
      {overlay.trigger}
      {overlay.needed && (
        <Suspense>
          <MenuPopup {...overlay.popup} side={side} align={align}>
            {children}
          </MenuPopup>
        </Suspense>
      )}
    </>
  )
}
