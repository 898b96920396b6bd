import { Tooltip as Base } from '@base-ui/react/tooltip'
import type { ReactElement, ReactNode } from 'react'
import { Kbd } from '@/ui/Kbd/Kbd'
import styles from './Tooltip.module.css'

export interface TooltipProps {
  content: ReactNode
  /** Keys that do the same, as `Ctrl+K`. */
  shortcut?: string
  side?: 'top' | 'bottom' | 'left' | 'right'
  /** What the hint is about; it must take a ref and props. */
  children: ReactElement
  disabled?: boolean
}

/** A short hint on hover or focus. It is never the only place where something is said. */
export function Tooltip({ content, shortcut, side = 'top', children, disabled }: TooltipProps) {
  return (
    <Base.Root disabled={disabled}>
      <Base.Trigger render={children} />
      <Base.Portal>
        <Base.Positioner className={styles.positioner} side={side} sideOffset={6} collisionPadding={8}>
          <Base.Popup className={styles.popup}>
            {content}
            {shortcut && <Kbd keys={shortcut} inverse />}
          </Base.Popup>
        </Base.Positioner>
      </Base.Portal>
    </Base.Root>
  )
}

/** Once around the app: after the first hint, the next ones come at once. */
export function TooltipProvider({ children }: { children: ReactNode }) {
  return (
    <Base.Provider delay={400} closeDelay={0} timeout={300}>
      {children}
    </Base.Provider>
  )
}
