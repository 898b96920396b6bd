import { type ReactElement, type ReactNode, Suspense } from 'react'
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
  /** Names it for screen readers where there is no title. */
  label?: string
}

/** Something small beside a button: a list of readers, a picker, a short form. */
export function Popover({ trigger, open, onOpenChange, children, ...rest }: PopoverProps) {
  const overlay = useOverlay(trigger, 'dialog', open, onOpenChange)
  return (
    <>
      {overlay.trigger}
      {overlay.needed && (
        <Suspense>
          <PopoverPopup {...overlay.popup} {...rest}>
            {children}
          </PopoverPopup>
        </Suspense>
      )}
    </>
  )
}
