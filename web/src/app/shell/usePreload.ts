import { useQueryClient } from '@tanstack/react-query'
import { useEffect } from 'react'
import { loadReadings } from '@/core/pinyin'
import { fetchBeforehand, personCard } from '@/features/contacts'
import { loadSwitcherResults } from '@/features/switcher'
import { useConnectionStatus } from '@/log'
import { loadEmojiGrid, preload } from '@/ui'
import { parts } from '../features'
import { afterFirstPicture } from '../first-picture'
import { shortcutDialog } from './ShortcutSheet'

/** Fetches what a key or a press opens above the page, while nobody has asked for it yet. */
export function usePreload(): void {
  useEffect(
    () =>
      afterFirstPicture(() =>
        preload([loadSwitcherResults, loadReadings, shortcutDialog.load, personCard.load, loadEmojiGrid, ...parts]),
      ),
    [],
  )
}

/** After the first picture, when nobody waits for anything, ms. */
const quietMs = 6_000

/** Fetches whom and where one may look for without network, the first time somebody uses this browser. */
export function useKeptBeforehand(): void {
  const isLive = useConnectionStatus().phase === 'live'
  const client = useQueryClient()
  useEffect(() => {
    if (!isLive) return
    const timer = setTimeout(() => fetchBeforehand(client), quietMs)
    return () => clearTimeout(timer)
  }, [isLive, client])
}
