import { lazy, Suspense } from 'react'
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

const EmojiGrid = lazy(() => import('./EmojiGrid').then(module => ({ default: module.EmojiGrid })))

/** All emoji, searched in the reader's language; put it in a Popover with `flush`. Fetched when first opened. */
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
