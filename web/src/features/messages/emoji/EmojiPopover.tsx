import { useLingui } from '@lingui/react/macro'
import type { ReactElement } from 'react'
import { EmojiPicker, Popover } from '@/ui'
import styles from './emoji.module.css'
import { noteEmoji, useQuickEmoji } from './recent-emoji'
import { languageOf } from './useEmojiCandidates'

export interface EmojiPopoverProps {
  trigger: ReactElement
  open: boolean
  onOpenChange: (open: boolean) => void
  onPick: (emoji: string) => void
  align?: 'start' | 'end'
  clearOf?: string
}

/** Picks one emoji; those used last are one click away. */
export function EmojiPopover({ trigger, open, onOpenChange, onPick, align = 'start', clearOf }: EmojiPopoverProps) {
  const { t, i18n } = useLingui()
  const quick = useQuickEmoji()
  const pick = (emoji: string) => {
    noteEmoji(emoji)
    onOpenChange(false)
    onPick(emoji)
  }
  return (
    <Popover
      trigger={trigger}
      open={open}
      onOpenChange={onOpenChange}
      side="top"
      align={align}
      label={t`Emoji`}
      flush
      clearOf={clearOf}
      takesFocus
    >
      <div className={styles.quick}>
        {quick.map(emoji => (
          <button key={emoji} type="button" className={styles.emoji} onClick={() => pick(emoji)}>
            {emoji}
          </button>
        ))}
      </div>
      <EmojiPicker
        language={languageOf(i18n.locale)}
        onPick={pick}
        searchLabel={t`Search emoji`}
        emptyLabel={t`No emoji found`}
      />
    </Popover>
  )
}
