import { Popover as Base } from '@base-ui/react/popover'
import { classes } from '@/ui/classes'
import type { PopupProps } from '@/ui/overlay/useOverlay'
import popup from '@/ui/popup.module.css'
import type { PopoverProps } from './Popover'
import styles from './Popover.module.css'

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
    label,
  } = props
  return (
    <Base.Root open={open} onOpenChange={onOpenChange}>
      <Base.Portal>
        <Base.Positioner
          className={popup.positioner}
          anchor={anchor}
          side={side}
          align={align}
          sideOffset={6}
          collisionPadding={8}
        >
          <Base.Popup
            className={classes(popup.surface, !flush && styles.padded)}
            aria-label={label}
            initialFocus={takesFocus ? false : undefined}
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
