import {
  cloneElement,
  type PointerEvent,
  type ReactElement,
  type ReactNode,
  Suspense,
  useEffect,
  useRef,
  useState,
} from 'react'
import { HoverCardPopup } from '@/ui/overlay/popups'
import { useOnceTrue } from '@/ui/overlay/useOnceTrue'

export interface HoverCardProps {
  /** A link or button about a thing; pointing at it for a moment shows the card. */
  trigger: ReactElement
  children: ReactNode
  side?: 'top' | 'bottom' | 'left' | 'right'
  align?: 'start' | 'center' | 'end'
  /** Told when it opens, so that its content may be fetched then. */
  onOpenChange?: (open: boolean) => void
}

const openMs = 500
const closeMs = 200

interface TriggerProps {
  onPointerEnter?: (event: PointerEvent<HTMLElement>) => void
  onPointerLeave?: (event: PointerEvent<HTMLElement>) => void
  onPointerDown?: (event: PointerEvent<HTMLElement>) => void
}

/** More about a person or thing on hover. What it holds must be reachable by a click, too. */
export function HoverCard({ trigger, children, side = 'right', align = 'start', onOpenChange }: HoverCardProps) {
  const anchor = useRef<HTMLElement | null>(null)
  const [open, setOpen] = useState(false)
  const needed = useOnceTrue(open)
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined)
  useEffect(() => () => clearTimeout(timer.current), [])
  const change = (next: boolean, afterMs: number) => {
    clearTimeout(timer.current)
    if (next === open) return
    timer.current = setTimeout(() => {
      setOpen(next)
      onOpenChange?.(next)
    }, afterMs)
  }
  const target = trigger as ReactElement<TriggerProps>
  const handlers: TriggerProps = {
    onPointerEnter: event => {
      target.props.onPointerEnter?.(event)
      anchor.current = event.currentTarget
      if (event.pointerType !== 'touch') change(true, openMs)
    },
    onPointerLeave: event => {
      target.props.onPointerLeave?.(event)
      change(false, closeMs)
    },
    onPointerDown: event => {
      target.props.onPointerDown?.(event)
      change(false, 0)
    },
  }
  const popup = {
    open,
    anchor,
    side,
    align,
    onStay: () => change(true, 0),
    onLeave: (ms = closeMs) => change(false, ms),
  }
  return (
    <>
      {cloneElement(target, handlers)}
      {needed && (
        <Suspense>
          <HoverCardPopup {...popup}>{children}</HoverCardPopup>
        </Suspense>
      )}
    </>
  )
}
