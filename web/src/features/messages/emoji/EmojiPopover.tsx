import { useLingui } from '@lingui/react/macro'
import type { ReactElement } from 'react'
import { EmojiPicker, Popover } from '@/ui'
import styles from './emoji.module.css'

/** Those used most, one click away. */
export const quickEmoji = ['👍', '✅', '❤️', '😄', '🎉', '👀', '🙏']

export interface EmojiPopoverProps {
  trigger: ReactElement
  open: boolean
  onOpenChange: (open: boolean) => void
  onPick: (emoji: string) => void
  /** A row of the usual ones above all others: for reactions. */
  quick?: boolean
  align?: 'start' | 'end'
}

/** Picks one emoji. */
export function EmojiPopover({ trigger, open, onOpenChange, onPick, quick, align = 'start' }: EmojiPopoverProps) {
  const { t, i18n } = useLingui()
  const pick = (emoji: string) => {
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
      takesFocus
    >
      {quick && (
        <div className={styles.quick}>
          {quickEmoji.map(emoji => (
            <button key={emoji} type="button" className={styles.emoji} onClick={() => pick(emoji)}>
              {emoji}
            </button>
          ))}
        </div>
      )}
      <EmojiPicker
        language={i18n.locale.startsWith('zh') ? 'zh' : 'en'}
        onPick={pick}
        searchLabel={t`Search emoji`}
        emptyLabel={t`No emoji found`}
      />
    </Popover>
  )
}
