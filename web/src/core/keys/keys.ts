/**
 * A shortcut is written `Ctrl+Shift+F`: Ctrl, Alt, Shift in this order, then a key as `KeyboardEvent.key` names it.
 * Ctrl is the Command key on Apple devices.
 */
const apple = /Mac|iPhone|iPad/.test(navigator.platform)

const symbols: Record<string, string> = {
  ArrowUp: '↑',
  ArrowDown: '↓',
  ArrowLeft: '←',
  ArrowRight: '→',
  Escape: 'Esc',
}
const appleSymbols: Record<string, string> = { Ctrl: '⌘', Alt: '⌥', Shift: '⇧', Enter: '↩' }

/** What was pressed, in the way shortcuts are written. */
export function pressedKeys(event: KeyboardEvent): string {
  const key = keyName(event)
  const parts = [
    (event.ctrlKey || event.metaKey) && 'Ctrl',
    event.altKey && 'Alt',
    // Shift makes "?" of "/": it is already in the key.
    event.shiftKey && (key.length > 1 || /[A-Z0-9]/.test(key)) && 'Shift',
    key,
  ]
  return parts.filter(Boolean).join('+')
}

/** A shortcut as this device labels its keys: `Ctrl+↑`, or `⌘+↑`. */
export function shownKeys(keys: string): string {
  const parts = keys.split('+')
  return parts.map(part => symbols[part] ?? (apple ? appleSymbols[part] : undefined) ?? part).join('+')
}

function keyName(event: KeyboardEvent): string {
  // With Alt, Apple keyboards send other letters: the key's place is what was meant.
  const place = event.altKey ? /^(?:Key|Digit)(.)$/.exec(event.code)?.[1] : undefined
  const key = place ?? event.key
  return key.length === 1 ? key.toUpperCase() : key
}
