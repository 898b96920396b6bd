import { fireEvent, render, renderHook } from '@testing-library/react'
import { expect, test, vi } from 'vitest'
import { shortcuts } from './registry'
import { useShortcutList, useShortcuts } from './useShortcuts'

function Page({ run, label = 'Reply' }: { run: () => void; label?: string }) {
  useShortcuts([{ keys: 'R', label, group: 'Message', run }])
  return null
}

test('shortcuts live as long as the component, always run the latest, and are listed', () => {
  window.addEventListener('keydown', shortcuts.handle)
  const list = renderHook(useShortcutList)
  const [old, latest] = [vi.fn(), vi.fn()]
  const page = render(<Page run={old} />)
  page.rerender(<Page run={latest} />)
  fireEvent.keyDown(document.body, { key: 'r' })
  expect([old.mock.calls.length, latest.mock.calls.length]).toEqual([0, 1])
  page.rerender(<Page run={latest} label="回复" />)
  expect(list.result.current.map(shortcut => shortcut.label)).toEqual(['回复'])
  page.unmount()
  fireEvent.keyDown(document.body, { key: 'r' })
  expect(latest).toHaveBeenCalledTimes(1)
  expect(list.result.current).toEqual([])
  window.removeEventListener('keydown', shortcuts.handle)
})
