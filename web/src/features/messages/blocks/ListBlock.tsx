import type { CSSProperties } from 'react'
import styles from './blocks.module.css'
import type { BlockOf } from './registry'
import { Spans } from './Spans'

export function ListBlock({ block }: { block: BlockOf<'list'> }) {
  const List = block.ordered ? 'ol' : 'ul'
  const start = block.start ?? 1
  const digits = block.ordered ? String(start + block.items.length - 1).length : 1
  const style = { '--digits': digits, '--indent': block.indent ?? 0 } as CSSProperties
  return (
    <List className={styles.list} style={style} data-indent={block.indent}>
      {block.items.map((item, index) => (
        // Each says its number, so that a part of a list that is copied keeps it.
        <li key={index} value={block.ordered ? start + index : undefined}>
          <Spans spans={item} />
        </li>
      ))}
    </List>
  )
}
