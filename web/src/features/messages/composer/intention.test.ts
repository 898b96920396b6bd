import { describe, expect, test } from 'vitest'
import { intentionOf, type KeyPress, type WriterState } from './intention'

describe('keys of the composer', () => {
  test('Enter sends, with any other key it begins a line', () => {
    expect(means({ key: 'Enter' })).toBe('send')
    expect(means({ key: 'Enter', shiftKey: true })).toBe('new-line')
    expect(means({ key: 'Enter', ctrlKey: true })).toBe('new-line')
    expect(means({ key: 'Enter', altKey: true })).toBe('new-line')
  })

  test('by preference Ctrl+Enter (on Apple devices Command) sends and Enter begins a line', () => {
    const sendKey = 'ctrl_enter'
    expect(means({ key: 'Enter' }, { sendKey })).toBe('new-line')
    expect(means({ key: 'Enter', shiftKey: true }, { sendKey })).toBe('new-line')
    expect(means({ key: 'Enter', ctrlKey: true }, { sendKey })).toBe('send')
    expect(means({ key: 'Enter', metaKey: true }, { sendKey })).toBe('send')
    expect(means({ key: 'Enter', ctrlKey: true, shiftKey: true }, { sendKey })).toBe('new-line')
  })

  test('the Enter that picks characters in an input method sends nothing', () => {
    expect(means({ key: 'Enter', isComposing: true })).toBeNull()
    expect(means({ key: 'Enter', keyCode: 229 })).toBeNull()
    expect(means({ key: 'Escape', isComposing: true })).toBeNull()
    expect(means({ key: 'ArrowUp', keyCode: 229 }, { empty: true })).toBeNull()
  })

  test('keys belong to the suggestions while they are open', () => {
    expect(means({ key: 'Enter' }, { choosing: true })).toBeNull()
    expect(means({ key: 'ArrowUp' }, { choosing: true, empty: true })).toBeNull()
    expect(means({ key: 'Escape' }, { choosing: true })).toBeNull()
  })

  test('the arrow up edits the last message only where nothing is written', () => {
    expect(means({ key: 'ArrowUp' }, { empty: true })).toBe('edit-last')
    expect(means({ key: 'ArrowUp' }, { empty: false })).toBeNull()
    expect(means({ key: 'ArrowUp', altKey: true }, { empty: true })).toBeNull()
  })

  test('Escape cancels', () => {
    expect(means({ key: 'Escape' })).toBe('cancel')
  })
})

function means(press: Partial<KeyPress>, writer: Partial<WriterState> = {}) {
  const none = {
    key: '',
    shiftKey: false,
    ctrlKey: false,
    metaKey: false,
    altKey: false,
    isComposing: false,
    keyCode: 0,
  }
  return intentionOf({ ...none, ...press }, { sendKey: 'enter', empty: false, choosing: false, ...writer })
}
