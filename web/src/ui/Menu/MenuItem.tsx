import { Check, ChevronRight } from 'lucide-react'
import type { ReactNode } from 'react'
import { classes } from '@/ui/classes'
import { Kbd } from '@/ui/Kbd/Kbd'
import popup from '@/ui/popup.module.css'
import { useMenuParts } from './menu-parts'

export interface MenuItemProps {
  icon?: ReactNode
  shortcut?: string
  danger?: boolean
  disabled?: boolean
  onClick?: () => void
  children: ReactNode
}

export function MenuItem({ icon, shortcut, danger, disabled, onClick, children }: MenuItemProps) {
  const Base = useMenuParts()
  return (
    <Base.Item className={classes(popup.item, danger && popup.danger)} disabled={disabled} onClick={() => onClick?.()}>
      {icon}
      <span className={popup.text}>{children}</span>
      {shortcut && (
        <span className={popup.end}>
          <Kbd keys={shortcut} />
        </span>
      )}
    </Base.Item>
  )
}

export interface MenuCheckboxItemProps {
  checked: boolean
  onCheckedChange: (checked: boolean) => void
  disabled?: boolean
  children: ReactNode
}

export function MenuCheckboxItem({ checked, onCheckedChange, disabled, children }: MenuCheckboxItemProps) {
  const Base = useMenuParts()
  return (
    <Base.CheckboxItem
      className={popup.item}
      checked={checked}
      onCheckedChange={next => onCheckedChange(next)}
      disabled={disabled}
    >
      <span className={popup.text}>{children}</span>
      <Base.CheckboxItemIndicator className={popup.end} render={<Check className={popup.check} />} />
    </Base.CheckboxItem>
  )
}

export interface MenuRadioGroupProps<Value extends string> {
  value: Value
  onValueChange: (value: Value) => void
  options: { value: Value; label: ReactNode }[]
}

/** One of several, inside a menu. */
export function MenuRadioGroup<Value extends string>({ value, onValueChange, options }: MenuRadioGroupProps<Value>) {
  const Base = useMenuParts()
  return (
    <Base.RadioGroup value={value} onValueChange={next => onValueChange(next as Value)}>
      {options.map(option => (
        <Base.RadioItem key={option.value} className={popup.item} value={option.value} closeOnClick>
          <span className={popup.text}>{option.label}</span>
          <Base.RadioItemIndicator className={popup.end} render={<Check className={popup.check} />} />
        </Base.RadioItem>
      ))}
    </Base.RadioGroup>
  )
}

export interface MenuChoicesProps {
  /** Names the row. */
  label: string
  /** Short: a sign each. */
  choices: readonly string[]
  onPick: (choice: string) => void
}

/** A few small choices side by side in one line of a menu: reactions. */
export function MenuChoices({ label, choices, onPick }: MenuChoicesProps) {
  const Base = useMenuParts()
  return (
    <Base.Group className={popup.choices} aria-label={label}>
      {choices.map(choice => (
        <Base.Item key={choice} className={popup.choice} onClick={() => onPick(choice)}>
          {choice}
        </Base.Item>
      ))}
    </Base.Group>
  )
}

export function MenuSeparator() {
  const Base = useMenuParts()
  return <Base.Separator className={popup.separator} />
}

export interface SubMenuProps {
  icon?: ReactNode
  label: ReactNode
  children: ReactNode
}

export function SubMenu({ icon, label, children }: SubMenuProps) {
  const Base = useMenuParts()
  return (
    <Base.SubmenuRoot>
      <Base.SubmenuTrigger className={popup.item}>
        {icon}
        <span className={popup.text}>{label}</span>
        <ChevronRight className={popup.end} />
      </Base.SubmenuTrigger>
      <Base.Portal>
        <Base.Positioner className={popup.positioner} sideOffset={2} alignOffset={-4} collisionPadding={8}>
          <Base.Popup className={classes(popup.surface, popup.list)}>{children}</Base.Popup>
        </Base.Positioner>
      </Base.Portal>
    </Base.SubmenuRoot>
  )
}
