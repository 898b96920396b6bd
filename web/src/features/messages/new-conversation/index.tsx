import { lazy, Suspense } from 'react'

/** The dialogs that begin conversations, loaded when first opened. */
export interface NewConversationProps {
  open: boolean
  onOpenChange: (open: boolean) => void
}

const loadGroup = () => import('./GroupDialog')
const loadDirect = () => import('./DirectDialog')
const Group = lazy(() => loadGroup().then(module => ({ default: module.GroupDialog })))
const Direct = lazy(() => loadDirect().then(module => ({ default: module.DirectDialog })))

/** Fetched beforehand, so that the first letters of a name are not written into nothing. */
export const newConversationDialogs = [loadGroup, loadDirect]

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
