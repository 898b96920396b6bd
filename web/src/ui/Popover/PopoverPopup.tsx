import { Popover as Base } from '@base-ui/react/popover'
import { classes } from '@/ui/classes'
import { useFirstFocus } from '@/ui/overlay/useFirstFocus'
import type { PopupProps } from '@/ui/overlay/useOverlay'
import popup from '@/ui/popup.module.css'
import type { PopoverProps } from './Popover'
import styles from './Popover.module.css'

const gapPx = 6

type PopoverPopupProps = PopupProps & Omit<PopoverProps, 'trigger' | 'open' | 'onOpenChange'>

export function PopoverPopup(props: PopoverPopupProps) {
  const {
    open,
    onOpenChange,
    anchor,
    title,
    children,
    side = 'bottom',
    align = 'center',
    flush,
    takesFocus,
    clearOf,
    label,
  } = props
  const first = useFirstFocus()
  return (
    <Base.Root open={open} onOpenChange={onOpenChange}>
      <Base.Portal>
        <Base.Positioner
          className={popup.positioner}
          anchor={anchor}
          side={side}
          align={align}
          sideOffset={() => gapPx + (clearOf ? reachAbove(anchor.current, clearOf) : 0)}
          collisionPadding={8}
        >
          <Base.Popup
            className={classes(popup.surface, !flush && styles.padded)}
            aria-label={label}
            ref={first.popup}
            initialFocus={takesFocus ? false : first.initialFocus}
            finalFocus={anchor}
          >
            {title && <Base.Title className={styles.title}>{title}</Base.Title>}
            {children}
          </Base.Popup>
        </Base.Positioner>
      </Base.Portal>
    </Base.Root>
  )
}

/** How far an ancestor reaches above what is in it, px. */
function reachAbove(inside: HTMLElement | null, selector: string): number {
  const outer = inside?.closest(selector)
  return inside && outer ? inside.getBoundingClientRect().top - outer.getBoundingClientRect().top : 0
}
