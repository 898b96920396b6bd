import {
  cloneElement,
  type MouseEvent,
  type ReactElement,
  type Ref,
  type RefObject,
  useCallback,
  useRef,
  useState,
} from 'react'
import { attachRef } from '@/ui/attach-ref'
import { useOnceTrue } from './useOnceTrue'

/** What a popup gets from its overlay. */
export interface PopupProps {
  open: boolean
  onOpenChange: (open: boolean, details?: ChangeDetails) => void
  /** What it stands beside, and where the focus returns to. */
  anchor: RefObject<HTMLElement | null>
}

interface ChangeDetails {
  reason: string
  event: Event
  cancel: () => void
}

interface TriggerProps {
  ref?: Ref<HTMLElement>
  onClick?: (event: MouseEvent<HTMLElement>) => void
}

export interface Overlay {
  /** The trigger, made to open the popup. */
  trigger: ReactElement
  /** Whether the popup has ever been open: until then it need not exist. */
  needed: boolean
  popup: PopupProps
}

/**
 * A button and the popup it opens. Lists hold hundreds of such buttons and most are never pressed: so the button is plain,
 * and the popup, with the machinery that places it and holds the focus, comes with the first press.
 */
export function useOverlay(
  trigger: ReactElement,
  kind: 'menu' | 'dialog',
  controlled: boolean | undefined,
  onOpenChange: ((open: boolean) => void) | undefined,
): Overlay {
  const anchor = useRef<HTMLElement | null>(null)
  const [own, setOwn] = useState(false)
  const open = controlled ?? own
  const needed = useOnceTrue(open)
  const { ref: ownRef, onClick } = trigger.props as TriggerProps
  const ref = useCallback((element: HTMLElement | null) => attachRef(anchor, ownRef, element), [ownRef])
  const change = (next: boolean) => {
    setOwn(next)
    onOpenChange?.(next)
  }
  const props = {
    ref,
    'aria-haspopup': kind,
    'aria-expanded': open,
    'data-popup-open': open ? '' : undefined,
    onClick: (event: MouseEvent<HTMLElement>) => {
      onClick?.(event)
      if (!event.defaultPrevented) change(!open)
    },
  }
  return {
    trigger: cloneElement(trigger as ReactElement<TriggerProps>, props),
    needed,
    popup: { open, anchor, onOpenChange: (next, details) => isOwnPress(anchor, details) || change(next) },
  }
}

/** A press on the trigger is a press outside of the popup, and takes the focus from it: closing is then left to the click that follows. */
function isOwnPress(anchor: RefObject<HTMLElement | null>, details: ChangeDetails | undefined): boolean {
  if (details?.reason !== 'outside-press' && details?.reason !== 'focus-out') return false
  const { event } = details
  const target = event instanceof FocusEvent ? event.relatedTarget : event.target
  const own = target instanceof Node && anchor.current?.contains(target) === true
  if (own) details.cancel()
  return own
}
