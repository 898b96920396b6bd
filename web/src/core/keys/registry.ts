import { isComposing } from '@/ui/keys/composing'
import { pressedKeys } from './keys'

export interface Shortcut {
  /** As `Ctrl+K`. Several that do the same are given one by one. */
  keys: string
  /** What it does, for the sheet, in the reader's language. */
  label: string
  /** The heading it stands under in the sheet. */
  group: string
  /** Does it. Returns `false` for: not now, let the next one or the browser have the key. */
  run: (event: KeyboardEvent) => unknown
  /** Also works while a dialog is open. */
  overDialogs?: boolean
}

type Listener = () => void

/** The shortcuts of what is on the screen. The last registered is asked first: what is innermost wins. */
export class ShortcutRegistry {
  private shortcuts: readonly Shortcut[] = []
  private readonly listeners = new Set<Listener>()

  add(added: readonly Shortcut[]): () => void {
    this.change([...this.shortcuts, ...added])
    return () => this.change(this.shortcuts.filter(shortcut => !added.includes(shortcut)))
  }

  list = (): readonly Shortcut[] => this.shortcuts

  subscribe = (listener: Listener): (() => void) => {
    this.listeners.add(listener)
    return () => this.listeners.delete(listener)
  }

  /** Give it every keydown of the window. */
  handle = (event: KeyboardEvent): void => {
    if (event.defaultPrevented || isComposing(event)) return
    const keys = pressedKeys(event)
    if (isWriting(event) && !event.ctrlKey && !event.metaKey && !event.altKey) return
    const dialog = isDialogOpen()
    const found = this.shortcuts.findLast(
      shortcut => shortcut.keys === keys && (!dialog || shortcut.overDialogs) && shortcut.run(event) !== false,
    )
    if (found) event.preventDefault()
  }

  private change(next: readonly Shortcut[]): void {
    this.shortcuts = next
    for (const listener of this.listeners) listener()
  }
}

export const shortcuts = new ShortcutRegistry()

function isWriting(event: KeyboardEvent): boolean {
  const target = event.target
  if (!(target instanceof HTMLElement)) return false
  return target.isContentEditable || target.matches('input:not([type=checkbox]):not([type=radio]), textarea, select')
}

function isDialogOpen(): boolean {
  return document.querySelector('[role=alertdialog], [role=dialog][data-modal]') !== null
}
