import { t as core } from '@lingui/core/macro'
import { Trans } from '@lingui/react/macro'
import { Copy, Link, Pencil, Reply, Undo2 } from 'lucide-react'
import type { Content, Message } from '@/core/api'
import { MenuItem, MenuSeparator } from '@/ui'
import { contentText } from '../../blocks/text'
import { copiedHtml } from '../../clipboard/copying'
import { useCopy } from '../../clipboard/useCopy'
import { mayChange } from '../../messages/windows'
import { mayRecall, usePane } from '../../pane/pane-context'

/** Everything that can be done with a message, for the "more" button, a right click and a long press. */
export function MessageMenu({ message }: { message: Message }) {
  const pane = usePane()
  const copy = useCopy()
  const { content } = message
  const copyContent = (said: Content) => {
    const words = { everyone: core`all` }
    copy(contentText(said, words), copiedHtml(said, words))
  }
  return (
    <>
      <MenuItem icon={<Reply />} onClick={() => pane.reply(message)}>
        <Trans>Reply</Trans>
      </MenuItem>
      {message.sender === pane.me && mayChange(message) && (
        <MenuItem icon={<Pencil />} onClick={() => pane.edit(message)}>
          <Trans>Edit</Trans>
        </MenuItem>
      )}
      {content && (
        <MenuItem icon={<Copy />} onClick={() => copyContent(content)}>
          <Trans>Copy text</Trans>
        </MenuItem>
      )}
      <MenuItem icon={<Link />} onClick={() => pane.copyLink(message.id)}>
        <Trans>Copy link</Trans>
      </MenuItem>
      {mayRecall(pane, message) && (
        <>
          <MenuSeparator />
          <MenuItem icon={<Undo2 />} danger onClick={() => pane.recall(message)}>
            <Trans>Recall</Trans>
          </MenuItem>
        </>
      )}
    </>
  )
}
