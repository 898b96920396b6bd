import { lazy, Suspense } from 'react'
import type { AddMembersDialogProps } from './AddMembersDialog'

/** The dialog that brings people into a group: fetched beside the page, as all that finds people. */
export const loadAddMembers = () => import('./AddMembersDialog')
const Loaded = lazy(() => loadAddMembers().then(module => ({ default: module.AddMembersDialog })))

export function AddMembers(props: AddMembersDialogProps) {
  return (
    <Suspense>
      <Loaded {...props} />
    </Suspense>
  )
}
