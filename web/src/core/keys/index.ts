/** Keyboard shortcuts: registering, showing, and the list of all. */
export { pressedKeys, shownKeys } from './keys'
export { isComposing, type Shortcut, shortcuts } from './registry'
export { openShortcutSheet, useShortcutSheet } from './sheet'
export { useShortcutList, useShortcuts } from './useShortcuts'
