import { create } from 'zustand'
import { remember, remembered } from '@/ui/device-memory'

/** Those used most, for who has used none yet. */
export const usualEmoji = ['👍', '✅', '❤️', '😄', '🎉', '👀', '🙏']
const stored = 'bilin.emoji'

const recentStore = create<{ recent: readonly string[] }>()(() => ({ recent: restored() }))

/** The last that were used on this device, then the usual ones: as many as fit a row. */
export function useQuickEmoji(): readonly string[] {
  return recentStore(({ recent }) => recent)
}

export function noteEmoji(emoji: string): void {
  const recent = [...new Set([emoji, ...recentStore.getState().recent])].slice(0, usualEmoji.length)
  recentStore.setState({ recent })
  remember(stored, recent.join(' '))
}

function restored(): readonly string[] {
  const kept = remembered(stored)?.split(' ').filter(Boolean) ?? []
  return [...new Set([...kept, ...usualEmoji])].slice(0, usualEmoji.length)
}
