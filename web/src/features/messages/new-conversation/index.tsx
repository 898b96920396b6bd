import { lazy, Suspense } from 'react'

/** The dialogs that begin conversations, loaded when first opened. */
export interface NewConversationProps {
  open: boolean
  onOpenChange: (open: boolean) => void
}

const Group = lazy(() => import('./GroupDialog').then(module => ({ default: module.GroupDialog })))
const Direct = lazy(() => import('./DirectDialog').then(module => ({ default: module.DirectDialog })))

export function NewGroupDialog({ open, onOpenChange }: NewConversationProps) {
  if (!open) return null
  return (
    <Suspense>
      <Group onClose={() => onOpenChange(false)} />
    </Suspense>
  )
}

export function NewDirectDialog({ open, onOpenChange }: NewConversationProps) {
  if (!open) return null
  return (
    <Suspense>
      <Direct onClose={() => onOpenChange(false)} />
    </Suspense>
  )
}
