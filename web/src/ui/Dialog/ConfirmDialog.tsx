import type { ReactNode } from 'react'
import { Opening, useHeldKeys } from '@/ui/overlay/Opening'
import { ConfirmDialogPopup } from '@/ui/overlay/popups'
import { useOnceTrue } from '@/ui/overlay/useOnceTrue'

export interface ConfirmDialogProps {
  open: boolean
  onOpenChange: (open: boolean) => void
  title: ReactNode
  /** What will happen, and whether it can be undone. */
  description: ReactNode
  confirmLabel: ReactNode
  cancelLabel: ReactNode
  danger?: boolean
  busy?: boolean
  onConfirm: () => void
}

/** Asks before something that cannot be taken back. It stays until answered. */
export function ConfirmDialog(props: ConfirmDialogProps) {
  const needed = useOnceTrue(props.open)
  useHeldKeys(props.open)
  if (!needed) return null
  return (
    <Opening>
      <ConfirmDialogPopup {...props} />
    </Opening>
  )
}
