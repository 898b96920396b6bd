import { Search } from 'lucide-react'
import { type KeyboardEvent, type ReactNode, type RefObject, useId, useLayoutEffect, useRef, useState } from 'react'
import { createPortal } from 'react-dom'
import { isComposing } from '@/ui/keys/composing'
import { holdKeys, holdKeysOver, takeFocus } from '@/ui/keys/held-keys'
import styles from './CommandPalette.module.css'
import { isWaitedFor, type Press, usePresses } from './usePresses'

/** What the list must know of the box above it. */
export interface Palette {
  query: string
  label: string
  listId: string
  /** Keys that wait for the list of `query`. */
  presses: readonly Press[]
  answered: (presses: readonly Press[]) => void
  /** The element that Enter would choose, for readers of the screen. */
  setActiveOption: (id: string | undefined) => void
}

export interface CommandPaletteProps {
  onClose: () => void
  /** Names the dialog and its list. */
  label: string
  placeholder: string
  query: string
  onQueryChange: (query: string) => void
  /** The list of what fits. It may be fetched later than the box: keys wait for it. */
  children: (palette: Palette) => ReactNode
  footer?: ReactNode
  /** Whether who had the focus gets it back at the end; false when something else will take it. */
  returnsFocus?: RefObject<boolean>
}

/**
 * Type to find, arrows to move, Enter to choose. The box needs nothing that is fetched: it has the focus before the next
 * key. Focus stays in it; the list is told by aria-activedescendant.
 */
export function CommandPalette(props: CommandPaletteProps) {
  const { onClose, label, placeholder, query, onQueryChange, children, footer, returnsFocus } = props
  const box = useModal(returnsFocus)
  const listId = useId()
  const [activeOption, setActiveOption] = useState<string>()
  const { presses, press, answered, forget } = usePresses()
  useHeldAfterEnter(presses, box)
  const onKeyDown = (event: KeyboardEvent) => {
    if (isComposing(event.nativeEvent)) return
    if (event.key === 'Escape') onClose()
    else if (isWaitedFor(event.key)) press({ key: event.key, beside: event.ctrlKey || event.metaKey })
    else return
    event.preventDefault()
  }
  // Not where the key was registered: the bar there is not drawn at all beside a conversation on a phone.
  return createPortal(
    // biome-ignore lint/a11y/useKeyWithClickEvents: Escape is the key for it
    <dialog
      ref={box}
      // biome-ignore lint/a11y/noRedundantRoles: shortcuts look for it
      role="dialog"
      data-modal
      className={styles.popup}
      aria-label={label}
      onClick={event => event.target === event.currentTarget && onClose()}
      onCancel={event => event.preventDefault()}
      onClose={event => !event.currentTarget.open && onClose()}
    >
      <div className={styles.search}>
        <Search />
        <input
          className={styles.input}
          role="combobox"
          aria-expanded="true"
          aria-controls={listId}
          aria-activedescendant={activeOption}
          aria-label={placeholder}
          placeholder={placeholder}
          value={query}
          onChange={event => {
            forget()
            onQueryChange(event.target.value)
          }}
          onKeyDown={onKeyDown}
          autoComplete="off"
          spellCheck={false}
        />
      </div>
      {children({ query, label, listId, presses, answered, setActiveOption })}
      {footer && <div className={styles.footer}>{footer}</div>}
    </dialog>,
    document.body,
  )
}

/** What is written after an Enter that waits is for what it opens; where it opens nothing, for the box. */
function useHeldAfterEnter(presses: readonly Press[], box: RefObject<HTMLDialogElement | null>): void {
  const waits = presses.some(({ key }) => key === 'Enter')
  useLayoutEffect(() => {
    if (!waits) return
    holdKeys()
    const dialog = box.current
    return () => {
      takeFocus(() => dialog?.querySelector('input')?.focus())
    }
  }, [waits, box])
}

/** Shown above all else with the focus in its box, at once: a key may follow in the same millisecond. */
function useModal(returnsFocus: RefObject<boolean> | undefined): RefObject<HTMLDialogElement | null> {
  const box = useRef<HTMLDialogElement>(null)
  useLayoutEffect(() => {
    const dialog = box.current
    dialog?.showModal()
    dialog?.querySelector('input')?.focus()
    return () => {
      const close = () => {
        dialog?.close()
        if (returnsFocus?.current === false && document.activeElement instanceof HTMLElement)
          document.activeElement.blur()
      }
      if (returnsFocus?.current === false) holdKeysOver(close)
      else close()
    }
  }, [returnsFocus])
  return box
}
