import { Dialog } from '@base-ui/react/dialog'
import { Search } from 'lucide-react'
import { type KeyboardEvent, type ReactNode, useEffect, useId, useRef, useState } from 'react'
import { classes } from '@/ui/classes'
import styles from './CommandPalette.module.css'

export interface PaletteItem {
  id: string
  content: ReactNode
  /** Shown at the end of the row. */
  end?: ReactNode
}

export interface PaletteGroup<Item extends PaletteItem> {
  id: string
  title?: ReactNode
  items: Item[]
}

export interface CommandPaletteProps<Item extends PaletteItem> {
  open: boolean
  onOpenChange: (open: boolean) => void
  /** Names the dialog and its list. */
  label: string
  placeholder: string
  query: string
  onQueryChange: (query: string) => void
  groups: PaletteGroup<Item>[]
  /** `beside`: chosen with Ctrl. */
  onChoose: (item: Item, beside: boolean) => void
  /** Shown where nothing was found. */
  empty: ReactNode
  footer?: ReactNode
}

/** Type to find, arrows to move, Enter to choose. Focus stays in the input; the list is told by aria-activedescendant. */
export function CommandPalette<Item extends PaletteItem>(props: CommandPaletteProps<Item>) {
  const { open, onOpenChange, label, ...content } = props
  const input = useRef<HTMLInputElement>(null)
  return (
    <Dialog.Root open={open} onOpenChange={next => onOpenChange(next)}>
      <Dialog.Portal>
        <Dialog.Backdrop className={styles.backdrop} />
        <Dialog.Popup data-modal className={styles.popup} aria-label={label} initialFocus={input}>
          <PaletteContent {...content} label={label} input={input} />
        </Dialog.Popup>
      </Dialog.Portal>
    </Dialog.Root>
  )
}

type ContentProps<Item extends PaletteItem> = Omit<CommandPaletteProps<Item>, 'open' | 'onOpenChange'> & {
  input: React.RefObject<HTMLInputElement | null>
}

function PaletteContent<Item extends PaletteItem>(props: ContentProps<Item>) {
  const { input, label, placeholder, query, onQueryChange, groups, onChoose, empty, footer } = props
  const listId = useId()
  const items = groups.flatMap(group => group.items)
  const { active, setActive, move } = useActive(items, query)
  const optionId = (id: string) => `${listId}-${id}`

  const onKeyDown = (event: KeyboardEvent) => {
    if (event.nativeEvent.isComposing) return
    if (event.key === 'Enter' && active) onChoose(active, event.ctrlKey || event.metaKey)
    else if (!move(event.key)) return
    event.preventDefault()
  }
  return (
    <>
      <div className={styles.search}>
        <Search />
        <input
          ref={input}
          className={styles.input}
          role="combobox"
          aria-expanded="true"
          aria-controls={listId}
          aria-activedescendant={active && optionId(active.id)}
          aria-label={placeholder}
          placeholder={placeholder}
          value={query}
          onChange={event => onQueryChange(event.target.value)}
          onKeyDown={onKeyDown}
          autoComplete="off"
          spellCheck={false}
        />
      </div>
      <div id={listId} role="listbox" aria-label={label} className={styles.list}>
        {groups.map(group => (
          <Group
            key={group.id}
            group={group}
            active={active}
            optionId={optionId}
            onHover={setActive}
            onChoose={onChoose}
          />
        ))}
        {items.length === 0 && <div className={styles.empty}>{empty}</div>}
      </div>
      {footer && <div className={styles.footer}>{footer}</div>}
    </>
  )
}

interface GroupProps<Item extends PaletteItem> {
  group: PaletteGroup<Item>
  active: Item | undefined
  optionId: (id: string) => string
  onHover: (id: string) => void
  onChoose: (item: Item, beside: boolean) => void
}

function Group<Item extends PaletteItem>({ group, active, optionId, onHover, onChoose }: GroupProps<Item>) {
  const titleId = useId()
  if (group.items.length === 0) return null
  return (
    // biome-ignore lint/a11y/useSemanticElements: a fieldset is not a part of a listbox
    <div role="group" aria-labelledby={group.title ? titleId : undefined}>
      {group.title && (
        <div id={titleId} className={styles.title}>
          {group.title}
        </div>
      )}
      {group.items.map(item => (
        // biome-ignore lint/a11y/useKeyWithClickEvents: keys are handled by the input, which keeps the focus
        // biome-ignore lint/a11y/useFocusableInteractive: told by aria-activedescendant
        <div
          key={item.id}
          id={optionId(item.id)}
          ref={item === active ? scrollIntoView : undefined}
          role="option"
          aria-selected={item === active}
          className={classes(styles.item, item === active && styles.active)}
          onMouseMove={() => onHover(item.id)}
          onClick={event => onChoose(item, event.ctrlKey || event.metaKey)}
        >
          <div className={styles.content}>{item.content}</div>
          {item.end}
        </div>
      ))}
    </div>
  )
}

/** The item that Enter would choose: the first of new results, until arrows or the pointer say another. */
function useActive<Item extends PaletteItem>(items: Item[], query: string) {
  const [activeId, setActive] = useState<string>()
  // biome-ignore lint/correctness/useExhaustiveDependencies: another query begins at the top again
  useEffect(() => setActive(undefined), [query])
  const active = items.find(item => item.id === activeId) ?? items[0]
  const move = (key: string): boolean => {
    const at = active ? items.indexOf(active) : 0
    const steps: Record<string, number> = { ArrowDown: at + 1, ArrowUp: at - 1 + items.length }
    const next = steps[key]
    if (next === undefined || items.length === 0) return false
    setActive(items[next % items.length]?.id)
    return true
  }
  return { active, setActive, move }
}

function scrollIntoView(element: HTMLElement | null): void {
  element?.scrollIntoView({ block: 'nearest' })
}
