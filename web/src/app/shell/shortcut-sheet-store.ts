import { create } from 'zustand'

/** Whether the sheet of shortcuts is open: keys and the account menu both open it. */
export const useShortcutSheet = create<{ open: boolean }>(() => ({ open: false }))

export function openShortcutSheet(): void {
  useShortcutSheet.setState({ open: true })
}
