import { useLingui } from '@lingui/react/macro'
import { type Shortcut, useShortcuts } from '@/core/keys'
import { formatKeys } from '../composer/editor/handle'
import { useKeys } from '../composer/useKeys'
import { messageActions } from '../slots'

/** Keys that are handled where they are pressed, for the sheet of all keys: what it says is made from what handles them. */
export function useKeySheet(): void {
  const { t, i18n } = useLingui()
  const { sendKey } = useKeys()
  const writing = t`Writing`
  const message = t`On a message`
  const [send, newLine] = sendKey === 'enter' ? ['Enter', 'Shift+Enter'] : ['Ctrl+Enter', 'Enter']
  const lines: [group: string, label: string, keys: string][] = [
    [writing, t`Send`, send],
    [writing, t`New line`, newLine],
    [writing, t`Edit my last message (in an empty box)`, 'ArrowUp'],
    [writing, t`Bold`, formatKeys.bold],
    [writing, t`Italic`, formatKeys.italic],
    [writing, t`Strikethrough`, formatKeys.strike],
    [writing, t`Code`, formatKeys.code],
    [writing, t`Bulleted list`, formatKeys.bulletList],
    [writing, t`Numbered list`, formatKeys.orderedList],
    [writing, t`Quote`, formatKeys.blockquote],
    [writing, t`Code block`, formatKeys.codeBlock],
    [message, t`Go from message to message`, 'ArrowUp'],
    [message, t`Go from message to message`, 'ArrowDown'],
    ...firstOfEachKey().map(({ key, label }): [string, string, string] => [message, i18n._(label), key]),
  ]
  useShortcuts(lines.map(([group, label, keys]): Shortcut => ({ group, label, keys, run: elsewhere })))
}

/** Of two that have one key, as doing a thing and undoing it, the first stands for both. */
function firstOfEachKey() {
  const actions = messageActions.entries.flatMap(({ key, label }) => (key ? [{ key, label }] : []))
  return actions.filter(({ key }, index) => actions.findIndex(other => other.key === key) === index)
}

/** The key stays with what has the focus. */
function elsewhere(): false {
  return false
}
