import { useLingui } from '@lingui/react/macro'
import { Ellipsis } from 'lucide-react'
import type { Message } from '@/core/api'
import { IconButton, Menu } from '@/ui'
import { usePane } from '../../pane/pane-context'
import { MessageMenu, useActions } from './MessageMenu'
import styles from './message.module.css'

export interface MessageBarProps {
  message: Message
  /** Something of the bar is open: it stays though the pointer leaves. */
  onBusy: (busy: boolean) => void
}

/** What is done most often with the message under the pointer. */
export function MessageBar({ message, onBusy }: MessageBarProps) {
  const { t, i18n } = useLingui()
  const pane = usePane()
  const actions = useActions(message, pane)
  return (
    <div className={styles.bar} role="toolbar" aria-label={t`Message actions`}>
      {actions.map(({ id, bar: Bar, icon: Icon, label, key, run }) => {
        if (!Bar) return null
        if (Bar !== true) return <Bar key={id} message={message} onBusy={onBusy} />
        const act = () => run(message, pane)
        return <IconButton key={id} icon={<Icon />} label={i18n._(label)} shortcut={key} onClick={act} />
      })}
      <Menu align="end" onOpenChange={onBusy} trigger={<IconButton icon={<Ellipsis />} label={t`More`} />}>
        <MessageMenu message={message} />
      </Menu>
    </div>
  )
}
