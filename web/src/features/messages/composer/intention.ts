import type { Preferences } from '@/core/api'

/** What the writer wants by a key, beyond writing. */
export type Intention = 'send' | 'new-line' | 'edit-last' | 'cancel'

export interface KeyPress {
  key: string
  shiftKey: boolean
  ctrlKey: boolean
  metaKey: boolean
  altKey: boolean
  isComposing: boolean
  keyCode: number
}

export interface WriterState {
  sendKey: Preferences['send_key']
  /** Nothing is written. */
  empty: boolean
  /** A list of suggestions is open: its keys go there. */
  choosing: boolean
}

/** Browsers send this while an input method is choosing characters; some without `isComposing`. */
const composingKeyCode = 229

/** What a key means; null: what it always means. While an input method is composing, every key belongs to it. */
export function intentionOf(press: KeyPress, writer: WriterState): Intention | null {
  if (press.isComposing || press.keyCode === composingKeyCode || writer.choosing) return null
  const modified = press.shiftKey || press.ctrlKey || press.metaKey || press.altKey
  if (press.key === 'Enter') return enter(press, modified, writer.sendKey)
  if (modified) return null
  if (press.key === 'ArrowUp' && writer.empty) return 'edit-last'
  return press.key === 'Escape' ? 'cancel' : null
}

function enter(press: KeyPress, modified: boolean, sendKey: Preferences['send_key']): Intention {
  const control = press.ctrlKey || press.metaKey
  const sends = sendKey === 'enter' ? !modified : control && !press.shiftKey && !press.altKey
  return sends ? 'send' : 'new-line'
}
