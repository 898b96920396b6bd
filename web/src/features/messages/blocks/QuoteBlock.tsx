import styles from './blocks.module.css'
import type { BlockOf } from './registry'
import { Spans } from './Spans'

export function QuoteBlock({ block }: { block: BlockOf<'quote'> }) {
  return (
    <blockquote className={styles.quote}>
      <Spans spans={block.spans} />
    </blockquote>
  )
}
