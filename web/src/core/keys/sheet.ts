import { create } from 'zustand'

/** Whether the sheet of all shortcuts is open; the frame around all pages shows it. */
export const useShortcutSheet = create<{ open: boolean }>(() => ({ open: false }))

export function openShortcutSheet(): void {
  useShortcutSheet.setState({ open: true })
}
