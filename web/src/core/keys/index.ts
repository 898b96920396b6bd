/** Keyboard shortcuts: registering, showing, and the list of all. */

export { isComposing } from '@/ui/keys/composing'
export { dropHeldKeys, holdKeys, holdKeysFrom, takeFocus } from '@/ui/keys/held-keys'
export { useTakesFocus } from '@/ui/keys/useTakesFocus'
export { pressedKeys, shownKeys } from './keys'
export { type Shortcut, shortcuts } from './registry'
export { openShortcutSheet, useShortcutSheet } from './sheet'
export { useShortcutList, useShortcuts } from './useShortcuts'
