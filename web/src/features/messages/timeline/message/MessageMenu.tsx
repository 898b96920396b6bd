import { useLingui } from '@lingui/react/macro'
import type { Message } from '@/core/api'
import { flagsStore, useConversationParts } from '@/log'
import { MenuItem, MenuSeparator } from '@/ui'
import { type Pane, usePane } from '../../pane/pane-context'
import { type MessageAction, messageActions } from '../../slots'

/** What can be done with a message by who looks at it. */
export function actionsFor(message: Message, pane: Pane): MessageAction[] {
  return messageActions.entries.filter(({ isFor }) => !isFor || isFor(message, pane))
}

/** The same, drawn again when it changes while one looks: what was pinned can be unpinned. */
export function useActions(message: Message, pane: Pane): MessageAction[] {
  useConversationParts(pane.conversation)
  flagsStore()
  return actionsFor(message, pane)
}

/** Everything that can be done with a message, for the "more" button, a right click and a long press. */
export function MessageMenu({ message }: { message: Message }) {
  const pane = usePane()
  const lines = actionsFor(message, pane).filter(({ choices }) => !choices)
  const last = lines.filter(({ danger }) => danger)
  return (
    <>
      <Lines actions={lines.filter(({ danger }) => !danger)} message={message} pane={pane} />
      {last.length > 0 && <MenuSeparator />}
      <Lines actions={last} message={message} pane={pane} />
    </>
  )
}

function Lines({ actions, message, pane }: { actions: MessageAction[]; message: Message; pane: Pane }) {
  const { i18n } = useLingui()
  return actions.map(({ id, label, icon: Icon, danger, run }) => (
    <MenuItem key={id} icon={<Icon />} danger={danger} onClick={() => run(message, pane)}>
      {i18n._(label)}
    </MenuItem>
  ))
}
