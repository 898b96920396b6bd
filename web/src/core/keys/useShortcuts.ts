import { useEffect, useRef, useSyncExternalStore } from 'react'
import { type Shortcut, shortcuts } from './registry'

/** Registers shortcuts while the component is on the screen. Their `run` may change at every render. */
export function useShortcuts(list: readonly Shortcut[]): void {
  const latest = useRef(list)
  useEffect(() => {
    latest.current = list
  })
  const signature = list.map(shortcut => `${shortcut.keys}\n${shortcut.group}\n${shortcut.label}`).join('\n\n')
  // biome-ignore lint/correctness/useExhaustiveDependencies: registered again only when keys or words change
  useEffect(() => {
    const registered = latest.current.map((shortcut, index) => ({
      ...shortcut,
      run: (event: KeyboardEvent) => latest.current[index]?.run(event),
    }))
    return shortcuts.add(registered)
  }, [signature])
}

/** All shortcuts of what is on the screen, for the sheet. */
export function useShortcutList(): readonly Shortcut[] {
  return useSyncExternalStore(shortcuts.subscribe, shortcuts.list)
}
