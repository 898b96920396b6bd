import { useLingui } from '@lingui/react/macro'
import { SmilePlus } from 'lucide-react'
import { useState } from 'react'
import type { Message } from '@/core/api'
import { IconButton, MenuChoices } from '@/ui'
import { EmojiPopover } from '../emoji/EmojiPopover'
import { noteEmoji, useQuickEmoji } from '../emoji/recent-emoji'
import { usePane } from '../pane/pane-context'

/** In the bar under the pointer: the usual emoji at once, and all others. */
export function ReactButton({ message, onBusy }: { message: Message; onBusy: (busy: boolean) => void }) {
  const { t } = useLingui()
  const pane = usePane()
  const [open, setOpen] = useState(false)
  const change = (isOpen: boolean) => {
    setOpen(isOpen)
    onBusy(isOpen)
  }
  return (
    <EmojiPopover
      align="end"
      open={open}
      onOpenChange={change}
      onPick={picked => pane.react(message, picked)}
      trigger={<IconButton icon={<SmilePlus />} label={t`React`} shortcut="E" data-action="react" />}
    />
  )
}

/** Above the menu: a sign each. */
export function QuickReactions({ message }: { message: Message }) {
  const { t } = useLingui()
  const { react } = usePane()
  const quick = useQuickEmoji()
  const pick = (emoji: string) => {
    noteEmoji(emoji)
    react(message, emoji)
  }
  return <MenuChoices label={t`React`} choices={quick.slice(0, 6)} onPick={pick} />
}
