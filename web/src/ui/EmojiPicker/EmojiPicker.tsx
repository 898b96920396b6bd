import { Suspense } from 'react'
import { part } from '@/ui/overlay/part'
import { Delayed } from '@/ui/Skeleton/Delayed'
import { Skeleton } from '@/ui/Skeleton/Skeleton'
import styles from './EmojiPicker.module.css'

export interface EmojiPickerProps {
  /** In which language emoji are named and searched. */
  language: 'zh' | 'en'
  onPick: (emoji: string) => void
  searchLabel: string
  emptyLabel: string
}

const { Part: EmojiGrid, load } = part(() => import('./EmojiGrid').then(module => module.EmojiGrid))

/** Fetches it beforehand. */
export const loadEmojiGrid = load

/** All emoji, searched in the reader's language; put it in a Popover with `flush`. */
export function EmojiPicker(props: EmojiPickerProps) {
  return (
    <div className={styles.frame}>
      <Suspense
        fallback={
          <Delayed>
            <div className={styles.waiting}>
              <Skeleton height={32} shape="box" />
              <Skeleton height={240} shape="box" />
            </div>
          </Delayed>
        }
      >
        <EmojiGrid {...props} />
      </Suspense>
    </div>
  )
}
