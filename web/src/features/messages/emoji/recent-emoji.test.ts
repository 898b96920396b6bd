import { act, renderHook } from '@testing-library/react'
import { expect, test } from 'vitest'
import { remembered } from '@/ui/device-memory'
import { noteEmoji, useQuickEmoji, usualEmoji } from './recent-emoji'

test('what was used stands first the next time, and the usual ones fill the row', () => {
  const { result } = renderHook(() => useQuickEmoji())
  expect(result.current).toEqual(usualEmoji)
  act(() => {
    noteEmoji('🚀')
    noteEmoji('🙏')
    noteEmoji('🚀')
  })
  expect(result.current).toEqual(['🚀', '🙏', '👍', '✅', '❤️', '😄', '🎉'])
  expect(remembered('bilin.emoji')).toBe('🚀 🙏 👍 ✅ ❤️ 😄 🎉')
})
