import { useEffect } from 'react'
import { loadReadings } from '@/core/pinyin'
import { messageParts } from '@/features/messages'
import { loadSwitcherResults } from '@/features/switcher'
import { loadEmojiGrid, preload } from '@/ui'
import { shortcutDialog } from './ShortcutSheet'

/** Fetches what a key or a press opens above the page, while nobody has asked for it yet. */
export function usePreload(): void {
  useEffect(() => preload([loadSwitcherResults, loadReadings, shortcutDialog.load, loadEmojiGrid, ...messageParts]), [])
}
