import { beforeEach, expect, test, vi } from 'vitest'
import { applyTextScale, applyTheme } from './theme'

const root = document.documentElement

beforeEach(() => {
  root.removeAttribute('style')
})

test('"system" follows the device until told to stop', () => {
  let changed = () => {}
  const device = {
    matches: true,
    addEventListener: (_: string, listener: () => void) => {
      changed = listener
    },
    removeEventListener: vi.fn(),
  }
  vi.stubGlobal('matchMedia', () => device)
  const stop = applyTheme('system')
  expect(root.dataset.theme).toBe('dark')
  device.matches = false
  changed()
  expect(root.dataset.theme).toBe('light')
  stop()
  expect(device.removeEventListener).toHaveBeenCalledWith('change', changed)
  applyTheme('dark')
  expect(root.dataset.theme).toBe('dark')
  vi.unstubAllGlobals()
})

test.each([
  [50, '90'],
  [115, '115'],
  [400, '130'],
])('text scale %i is kept within bounds', (percent, applied) => {
  applyTextScale(percent)
  expect(root.style.getPropertyValue('--text-scale')).toBe(applied)
})
