import { Trans, useLingui } from '@lingui/react/macro'
import { EmojiPicker, type EmojiPickerListComponents } from 'frimousse'
import styles from './emoji.module.css'

const components: EmojiPickerListComponents = {
  CategoryHeader: ({ category, ...props }) => (
    <div {...props} className={styles.category}>
      {category.label}
    </div>
  ),
  Row: props => <div {...props} className={styles.row} />,
  Emoji: ({ emoji, ...props }) => (
    <button {...props} type="button" className={styles.emoji} data-active={emoji.isActive || undefined}>
      {emoji.emoji}
    </button>
  ),
}

/** All emoji, searched by name in the reader's language. Their names come from our own server. */
export function EmojiPanel({ onPick }: { onPick: (emoji: string) => void }) {
  const { t, i18n } = useLingui()
  return (
    <EmojiPicker.Root
      className={styles.panel}
      locale={i18n.locale.startsWith('zh') ? 'zh' : 'en'}
      emojibaseUrl={__EMOJI_DATA_URL__}
      columns={8}
      onEmojiSelect={({ emoji }) => onPick(emoji)}
    >
      <EmojiPicker.Search className={styles.search} placeholder={t`Search emoji`} aria-label={t`Search emoji`} />
      <EmojiPicker.Viewport className={styles.viewport}>
        <EmojiPicker.Loading className={styles.note}>
          <Trans>Loading…</Trans>
        </EmojiPicker.Loading>
        <EmojiPicker.Empty className={styles.note}>
          <Trans>No emoji found</Trans>
        </EmojiPicker.Empty>
        <EmojiPicker.List components={components} />
      </EmojiPicker.Viewport>
    </EmojiPicker.Root>
  )
}
