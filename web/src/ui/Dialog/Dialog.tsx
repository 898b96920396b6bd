import type { ReactNode, RefObject } from 'react'
import { Opening, useHeldKeys } from '@/ui/overlay/Opening'
import { DialogPopup } from '@/ui/overlay/popups'
import { useOnceTrue } from '@/ui/overlay/useOnceTrue'

export interface DialogProps {
  open: boolean
  onOpenChange: (open: boolean) => void
  title: ReactNode
  description?: ReactNode
  children?: ReactNode
  /** Buttons, the main one last. */
  footer?: ReactNode
  /** small 400, medium 520, large 720 px wide */
  size?: 'small' | 'medium' | 'large'
  /** "Close", in the reader's language. */
  closeLabel: string
  /** Where focus goes first; else to the first control. */
  initialFocus?: RefObject<HTMLElement | null>
}

/** Something to fill in or to read before going on. Focus goes back to where it was. */
export function Dialog(props: DialogProps) {
  const needed = useOnceTrue(props.open)
  useHeldKeys(props.open)
  if (!needed) return null
  return (
    <Opening>
      <DialogPopup {...props} />
    </Opening>
  )
}
