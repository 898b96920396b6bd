import { Popover as Base } from '@base-ui/react/popover'
import type { ReactElement, ReactNode } from 'react'
import { classes } from '@/ui/classes'
import popup from '@/ui/popup.module.css'
import styles from './Popover.module.css'

export interface PopoverProps {
  trigger: ReactElement
  title?: ReactNode
  children: ReactNode
  side?: 'top' | 'bottom' | 'left' | 'right'
  align?: 'start' | 'center' | 'end'
  open?: boolean
  onOpenChange?: (open: boolean) => void
  /** Without padding: the content reaches the edges. */
  flush?: boolean
  /** Names it for screen readers where there is no title. */
  label?: string
}

/** Something small beside a button: a list of readers, a picker, a short form. */
export function Popover(props: PopoverProps) {
  const { trigger, title, children, side = 'bottom', align = 'center', open, onOpenChange, flush, label } = props
  return (
    <Base.Root open={open} onOpenChange={next => onOpenChange?.(next)}>
      <Base.Trigger render={trigger} />
      <Base.Portal>
        <Base.Positioner className={popup.positioner} side={side} align={align} sideOffset={6} collisionPadding={8}>
          <Base.Popup className={classes(popup.surface, !flush && styles.padded)} aria-label={label}>
            {title && <Base.Title className={styles.title}>{title}</Base.Title>}
            {children}
          </Base.Popup>
        </Base.Positioner>
      </Base.Portal>
    </Base.Root>
  )
}
