import { t } from '@lingui/core/macro'
import type { Preferences } from '@/core/api'
import { usePreference } from '@/core/session'
import { useMedia } from '../screen/useMedia'

export interface Keys {
  sendKey: Preferences['send_key']
  /** One writes with fingers, on a keyboard of the screen. */
  touch: boolean
}

/** By which key a message is sent. A keyboard of the screen has but one Enter: there it breaks the line, and the button sends. */
export function useKeys(): Keys {
  const preferred = usePreference('send_key')
  const touch = useMedia('(pointer: coarse)')
  return { sendKey: touch ? 'ctrl_enter' : preferred, touch }
}

/** What is said of the keys below the text. */
export function keyHint({ sendKey, touch }: Keys, editing: boolean): string {
  if (touch) return ''
  if (sendKey === 'enter')
    return editing ? t`Enter to save · Esc to cancel` : t`Enter to send · Shift+Enter for a new line`
  return editing ? t`Ctrl+Enter to save · Esc to cancel` : t`Ctrl+Enter to send · Enter for a new line`
}
