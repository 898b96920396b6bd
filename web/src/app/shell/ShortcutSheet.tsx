import { useLingui } from '@lingui/react/macro'
import { useShortcutSheet, useShortcuts } from '@/core/keys'
import { Opening, part, useOnceTrue } from '@/ui'

/** Fetched beforehand: who presses a key does not wait. */
export const shortcutDialog = part(() => import('./ShortcutDialog').then(module => module.ShortcutDialog))

/** All keys that work on this page; opened by `?` or Ctrl+/. */
export function ShortcutSheet() {
  const { t } = useLingui()
  const open = useShortcutSheet(state => state.open)
  const wasOpened = useOnceTrue(open)
  const toggle = () => useShortcutSheet.setState({ open: !open })
  const common = { label: t`Keyboard shortcuts`, group: t`Everywhere`, run: toggle, overDialogs: open }
  useShortcuts([
    { ...common, keys: '?' },
    { ...common, keys: 'Ctrl+/' },
  ])
  return wasOpened ? (
    <Opening>
      <shortcutDialog.Part />
    </Opening>
  ) : null
}
