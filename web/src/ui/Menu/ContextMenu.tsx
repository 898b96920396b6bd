import { ContextMenu as Base } from '@base-ui/react/context-menu'
import type { ReactElement, ReactNode } from 'react'
import { classes } from '@/ui/classes'
import popup from '@/ui/popup.module.css'

export interface ContextMenuProps {
  /** What is right-clicked or pressed long; it must take a ref and props. */
  children: ReactElement
  /** MenuItem and its kin. */
  items: ReactNode
}

/** A menu at the pointer. All it offers must be reachable another way, too. */
export function ContextMenu({ children, items }: ContextMenuProps) {
  return (
    <Base.Root>
      <Base.Trigger render={children} />
      <Base.Portal>
        <Base.Positioner className={popup.positioner} collisionPadding={8}>
          <Base.Popup className={classes(popup.surface, popup.list)}>{items}</Base.Popup>
        </Base.Positioner>
      </Base.Portal>
    </Base.Root>
  )
}
