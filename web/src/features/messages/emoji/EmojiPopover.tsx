import { useLingui } from '@lingui/react/macro'
import { lazy, type ReactElement, Suspense } from 'react'
import { Popover } from '@/ui'
import styles from './emoji.module.css'

const EmojiPanel = lazy(() => import('./EmojiPanel').then(module => ({ default: module.EmojiPanel })))

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

/** Picks one emoji. The picker and its names are loaded when it first opens. */
export function EmojiPopover({ trigger, open, onOpenChange, onPick, quick, align = 'start' }: EmojiPopoverProps) {
  const { t } = useLingui()
  const pick = (emoji: string) => {
    onOpenChange(false)
    onPick(emoji)
  }
  return (
    <Popover trigger={trigger} open={open} onOpenChange={onOpenChange} side="top" align={align} label={t`Emoji`} flush>
      {quick && <QuickEmoji onPick={pick} />}
      <Suspense fallback={<div className={styles.panel} />}>
        <EmojiPanel onPick={pick} />
      </Suspense>
    </Popover>
  )
}

export function QuickEmoji({ onPick }: { onPick: (emoji: string) => void }) {
  return (
    <div className={styles.quick}>
      {quickEmoji.map(emoji => (
        <button key={emoji} type="button" className={styles.emoji} onClick={() => onPick(emoji)}>
          {emoji}
        </button>
      ))}
    </div>
  )
}
