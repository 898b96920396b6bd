import { Opening, part } from '@/ui'

/** The dialogs that begin conversations, loaded when first opened. */
export interface NewConversationProps {
  open: boolean
  onOpenChange: (open: boolean) => void
}

const group = part(() => import('./GroupDialog').then(module => module.GroupDialog))
const direct = part(() => import('./DirectDialog').then(module => module.DirectDialog))

/** Fetched beforehand, so that the first letters of a name are not written into nothing. */
export const newConversationDialogs = [group.load, direct.load]

export function NewGroupDialog({ open, onOpenChange }: NewConversationProps) {
  if (!open) return null
  return (
    <Opening>
      <group.Part onClose={() => onOpenChange(false)} />
    </Opening>
  )
}

export function NewDirectDialog({ open, onOpenChange }: NewConversationProps) {
  if (!open) return null
  return (
    <Opening>
      <direct.Part onClose={() => onOpenChange(false)} />
    </Opening>
  )
}
