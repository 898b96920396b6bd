import { cloneElement, type MouseEvent, type ReactElement, type ReactNode, Suspense, useRef, useState } from 'react'
import { ContextMenuPopup } from '@/ui/overlay/popups'
import { useOnceTrue } from '@/ui/overlay/useOnceTrue'
import { useLongPress } from './useLongPress'

export interface ContextMenuProps {
  /** What is right-clicked or pressed long; it must take props. */
  children: ReactElement
  /** MenuItem and its kin. */
  items: ReactNode
}

export interface Point {
  x: number
  y: number
}

interface TargetProps {
  onContextMenu?: (event: MouseEvent) => void
}

/** A menu at the pointer. All it offers must be reachable another way, too. */
export function ContextMenu({ children, items }: ContextMenuProps) {
  const [open, setOpen] = useState(false)
  const point = useRef<Point>({ x: 0, y: 0 })
  const needed = useOnceTrue(open)
  const openAt = (at: Point) => {
    point.current = at
    setOpen(true)
  }
  const longPress = useLongPress(openAt)
  const target = children as ReactElement<TargetProps>
  const onContextMenu = (event: MouseEvent) => {
    target.props.onContextMenu?.(event)
    if (event.defaultPrevented) return
    event.preventDefault()
    openAt({ x: event.clientX, y: event.clientY })
  }
  return (
    <>
      {cloneElement(target, { ...longPress, onContextMenu })}
      {needed && (
        <Suspense>
          <ContextMenuPopup open={open} onOpenChange={setOpen} point={point}>
            {items}
          </ContextMenuPopup>
        </Suspense>
      )}
    </>
  )
}
