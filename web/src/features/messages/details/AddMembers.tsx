import { Opening, part } from '@/ui'
import type { AddMembersDialogProps } from './AddMembersDialog'

/** The dialog that brings people into a group: fetched beside the page, as all that finds people. */
export const addMembers = part(() => import('./AddMembersDialog').then(module => module.AddMembersDialog))

export function AddMembers(props: AddMembersDialogProps) {
  return (
    <Opening>
      <addMembers.Part {...props} />
    </Opening>
  )
}
