import { type PointerEvent, useEffect, useRef } from 'react'
import type { Point } from './ContextMenu'

const pressMs = 500
const slipPx = 10

/**
 * A finger that stays where it is for half a second. Browsers that tell a long press as a `contextmenu` event do so at about
 * the same time; opening twice is opening once.
 */
export function useLongPress(onPress: (at: Point) => void) {
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined)
  const start = useRef<Point>({ x: 0, y: 0 })
  const end = () => clearTimeout(timer.current)
  useEffect(() => () => clearTimeout(timer.current), [])
  return {
    onPointerDown: (event: PointerEvent) => {
      end()
      if (event.pointerType !== 'touch' || !event.isPrimary) return
      const at = { x: event.clientX, y: event.clientY }
      start.current = at
      timer.current = setTimeout(() => {
        swallowLift()
        onPress(at)
      }, pressMs)
    },
    onPointerMove: (event: PointerEvent) => {
      const slip = Math.hypot(event.clientX - start.current.x, event.clientY - start.current.y)
      if (slip > slipPx) end()
    },
    onPointerUp: end,
    onPointerCancel: end,
  }
}

/** Lifting the finger would be a click beside the menu that has just opened, and close it. */
function swallowLift(): void {
  const over = new AbortController()
  const swallow = (event: Event) => {
    if (event.cancelable) event.preventDefault()
    over.abort()
  }
  document.addEventListener('touchend', swallow, { capture: true, passive: false, signal: over.signal })
  document.addEventListener('touchcancel', () => over.abort(), { capture: true, signal: over.signal })
}
