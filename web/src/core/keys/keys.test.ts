import { beforeEach, describe, expect, test, vi } from 'vitest'
import { pressedKeys, shownKeys } from './keys'
import { type Shortcut, ShortcutRegistry } from './registry'

const press = (key: string, init: KeyboardEventInit = {}) =>
  new KeyboardEvent('keydown', { key, cancelable: true, bubbles: true, ...init })

describe('pressedKeys', () => {
  test.each([
    [press('k', { ctrlKey: true }), 'Ctrl+K'],
    [press('k', { metaKey: true }), 'Ctrl+K'],
    [press('F', { ctrlKey: true, shiftKey: true }), 'Ctrl+Shift+F'],
    [press('?', { shiftKey: true }), '?'],
    [press('/', { ctrlKey: true }), 'Ctrl+/'],
    [press('ArrowUp', { altKey: true, shiftKey: true, code: 'ArrowUp' }), 'Alt+Shift+ArrowUp'],
    [press('¡', { altKey: true, code: 'Digit1' }), 'Alt+1'],
    [press('r'), 'R'],
  ])('%#', (event, keys) => expect(pressedKeys(event)).toBe(keys))

  test('shownKeys uses the signs on the keys', () => expect(shownKeys('Alt+ArrowUp')).toBe('Alt+↑'))
})

describe('ShortcutRegistry', () => {
  let registry: ShortcutRegistry
  const shortcut = (keys: string, run: Shortcut['run'], more: Partial<Shortcut> = {}) => ({
    keys,
    label: keys,
    group: 'g',
    run,
    ...more,
  })
  const send = (event: KeyboardEvent, target: EventTarget = document.body) => {
    target.addEventListener('keydown', sent => registry.handle(sent as KeyboardEvent), { once: true })
    target.dispatchEvent(event)
    return event
  }

  beforeEach(() => {
    registry = new ShortcutRegistry()
    document.body.innerHTML = ''
  })

  test('runs what was registered last, and takes the key from the browser', () => {
    const outer = vi.fn()
    const inner = vi.fn()
    registry.add([shortcut('Ctrl+K', outer)])
    const remove = registry.add([shortcut('Ctrl+K', inner)])
    expect(send(press('k', { ctrlKey: true })).defaultPrevented).toBe(true)
    expect([outer.mock.calls.length, inner.mock.calls.length]).toEqual([0, 1])
    remove()
    send(press('k', { ctrlKey: true }))
    expect(outer).toHaveBeenCalledTimes(1)
  })

  test('hands on what is refused', () => {
    const outer = vi.fn()
    registry.add([shortcut('R', outer), shortcut('R', () => false)])
    send(press('r'))
    expect(outer).toHaveBeenCalledTimes(1)
  })

  test('leaves plain keys to those who write, and all keys to an input method', () => {
    const run = vi.fn()
    registry.add([shortcut('R', run), shortcut('Ctrl+K', run)])
    const input = document.body.appendChild(document.createElement('input'))
    send(press('r'), input)
    send(press('k', { ctrlKey: true, isComposing: true }), input)
    expect(run).not.toHaveBeenCalled()
    send(press('k', { ctrlKey: true }), input)
    expect(run).toHaveBeenCalledTimes(1)
  })

  test('rests while a dialog is open, except for those above dialogs', () => {
    document.body.innerHTML = '<div role="alertdialog"></div>'
    const under = vi.fn()
    const over = vi.fn()
    registry.add([shortcut('Ctrl+K', over, { overDialogs: true }), shortcut('Ctrl+K', under)])
    send(press('k', { ctrlKey: true }))
    expect([under.mock.calls.length, over.mock.calls.length]).toEqual([0, 1])
  })
})
