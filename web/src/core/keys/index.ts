/** Keyboard shortcuts: registering, showing, and the list of all. */
export { pressedKeys, shownKeys } from './keys'
export { isComposing, type Shortcut, shortcuts } from './registry'
export { useShortcutList, useShortcuts } from './useShortcuts'
