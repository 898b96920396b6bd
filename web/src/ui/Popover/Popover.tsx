import type { ReactElement, ReactNode } from 'react'
import { Opening, useHeldKeys } from '@/ui/overlay/Opening'
import { PopoverPopup } from '@/ui/overlay/popups'
import { useOverlay } from '@/ui/overlay/useOverlay'

export interface PopoverProps {
  trigger: ReactElement
  title?: ReactNode
  children: ReactNode
  side?: 'top' | 'bottom' | 'left' | 'right'
  align?: 'start' | 'center' | 'end'
  open?: boolean
  onOpenChange?: (open: boolean) => void
  /** Without padding: the content reaches the edges. */
  flush?: boolean
  /** An ancestor of the trigger, as a selector: the popover stands outside of it, and covers nothing in it. */
  clearOf?: string
  /** What is inside takes the focus by itself, as soon as it is there. */
  takesFocus?: boolean
  /** Names it for screen readers where there is no title. */
  label?: string
}

/** Something small beside a button: a list of readers, a picker, a short form. */
export function Popover({ trigger, open, onOpenChange, children, ...rest }: PopoverProps) {
  const overlay = useOverlay(trigger, 'dialog', open, onOpenChange)
  useHeldKeys(overlay.popup.open)
  return (
    <>
      {overlay.trigger}
      {overlay.needed && (
        <Opening>
          <PopoverPopup {...overlay.popup} {...rest}>
            {children}
          </PopoverPopup>
        </Opening>
      )}
    </>
  )
}
