import { useLingui } from '@lingui/react/macro'
import { Ellipsis, Reply, SmilePlus } from 'lucide-react'
import { useState } from 'react'
import type { Message } from '@/core/api'
import { IconButton, Menu } from '@/ui'
import { EmojiPopover } from '../../emoji/EmojiPopover'
import { usePane } from '../../pane/pane-context'
import { MessageMenu } from './MessageMenu'
import styles from './message.module.css'

export interface MessageBarProps {
  message: Message
  /** Something of the bar is open: it stays though the pointer leaves. */
  onBusy: (busy: boolean) => void
}

/** What can be done with the message under the pointer. */
export function MessageBar({ message, onBusy }: MessageBarProps) {
  const { t } = useLingui()
  const pane = usePane()
  const [emoji, setEmoji] = useState(false)
  const openEmoji = (open: boolean) => {
    setEmoji(open)
    onBusy(open)
  }
  return (
    <div className={styles.bar} role="toolbar" aria-label={t`Message actions`}>
      <EmojiPopover
        quick
        align="end"
        open={emoji}
        onOpenChange={openEmoji}
        onPick={picked => pane.react(message, picked)}
        trigger={<IconButton icon={<SmilePlus />} label={t`React`} shortcut="E" data-action="react" />}
      />
      <IconButton icon={<Reply />} label={t`Reply`} shortcut="R" onClick={() => pane.reply(message)} />
      <Menu align="end" onOpenChange={onBusy} trigger={<IconButton icon={<Ellipsis />} label={t`More`} />}>
        <MessageMenu message={message} />
      </Menu>
    </div>
  )
}
