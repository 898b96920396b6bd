import { useEffect } from 'react'
import { loadReadings } from '@/core/pinyin'
import { messageParts } from '@/features/messages'
import { loadSwitcherResults } from '@/features/switcher'
import { preload } from '@/ui'
import { loadShortcutDialog } from './ShortcutSheet'

/** Fetches what a key or a press opens above the page, while nobody has asked for it yet. */
export function usePreload(): void {
  useEffect(() => preload([loadSwitcherResults, loadReadings, loadShortcutDialog, ...messageParts]), [])
}
