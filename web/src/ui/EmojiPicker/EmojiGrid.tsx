import {
  EmojiPicker as Base,
  type EmojiPickerListCategoryHeaderProps,
  type EmojiPickerListEmojiProps,
  type EmojiPickerListRowProps,
} from 'frimousse'
import { useRef } from 'react'
import { useTakesFocus } from '@/ui/keys/useTakesFocus'
import type { EmojiPickerProps } from './EmojiPicker'
import styles from './EmojiPicker.module.css'

/** Data comes from our own server: see tools/vite/emoji-data.ts. */
export function EmojiGrid({ language, onPick, searchLabel, emptyLabel }: EmojiPickerProps) {
  const search = useRef<HTMLInputElement>(null)
  useTakesFocus(search)
  return (
    <Base.Root
      className={styles.root}
      locale={language}
      emojibaseUrl={__EMOJI_DATA_URL__}
      columns={9}
      emojiVersion={15}
      onEmojiSelect={({ emoji }) => onPick(emoji)}
    >
      <Base.Search className={styles.search} aria-label={searchLabel} placeholder={searchLabel} ref={search} />
      <Base.Viewport className={styles.viewport}>
        <Base.Empty className={styles.empty}>{emptyLabel}</Base.Empty>
        <Base.List className={styles.list} components={{ CategoryHeader, Row, Emoji }} />
      </Base.Viewport>
    </Base.Root>
  )
}

function CategoryHeader({ category, ...rest }: EmojiPickerListCategoryHeaderProps) {
  return (
    <div {...rest} className={styles.category}>
      {category.label}
    </div>
  )
}

function Row({ children, ...rest }: EmojiPickerListRowProps) {
  return (
    <div {...fromOne(rest, 'aria-rowindex')} className={styles.row}>
      {children}
    </div>
  )
}

function Emoji({ emoji, ...rest }: EmojiPickerListEmojiProps) {
  const props = fromOne(rest, 'aria-colindex')
  return (
    <button {...props} type="button" className={styles.emoji} data-active={emoji.isActive || undefined}>
      {emoji.emoji}
    </button>
  )
}

/** Frimousse counts rows and columns from 0; the standard begins at 1. */
function fromOne<Props extends object>(props: Props, index: keyof Props): Props {
  return { ...props, [index]: Number(props[index] ?? 0) + 1 }
}
