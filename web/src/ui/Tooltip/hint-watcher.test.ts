import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { type Hint, HintWatcher } from './hint-watcher'

let shown: Hint | null
let stop: () => void

beforeEach(() => {
  vi.useFakeTimers()
  shown = null
  document.body.innerHTML =
    '<button data-hint="Pin" data-hint-keys="P"><svg></svg></button><button data-hint="Reply"></button><p></p>'
  stop = new HintWatcher(hint => {
    shown = hint
  }).start()
})

afterEach(() => {
  stop()
  vi.useRealTimers()
})

function send(type: string, selector: string, pointerType = 'mouse') {
  const event = new PointerEvent(type, { bubbles: true, pointerType })
  document.querySelector(selector)?.dispatchEvent(event)
}

test('shows after a moment of pointing, also at what is inside', () => {
  send('pointerover', 'svg')
  vi.advanceTimersByTime(399)
  expect(shown).toBeNull()
  vi.advanceTimersByTime(1)
  expect(shown).toMatchObject({ content: 'Pin', shortcut: 'P', side: 'top' })
})

test('goes when the pointer leaves; the next comes at once', () => {
  send('pointerover', 'button')
  vi.advanceTimersByTime(400)
  send('pointerover', 'button:nth-of-type(2)')
  vi.advanceTimersByTime(0)
  expect(shown?.content).toBe('Reply')
  send('pointerover', 'p')
  expect(shown).toBeNull()
})

test('a press, a scroll and Escape hide it; touch never shows it', () => {
  for (const type of ['pointerdown', 'scroll']) {
    send('pointerover', 'button')
    vi.advanceTimersByTime(400)
    expect(shown).not.toBeNull()
    send(type, 'button')
    expect(shown).toBeNull()
  }
  send('pointerover', 'button', 'touch')
  vi.advanceTimersByTime(1_000)
  expect(shown).toBeNull()
})

test('goes with its target, and is silent where a menu is open', () => {
  send('pointerover', 'button')
  vi.advanceTimersByTime(400)
  document.querySelector('button')?.remove()
  vi.advanceTimersByTime(200)
  expect(shown).toBeNull()
  document.querySelector('button')?.setAttribute('data-popup-open', '')
  send('pointerover', 'button')
  vi.advanceTimersByTime(1_000)
  expect(shown).toBeNull()
})
