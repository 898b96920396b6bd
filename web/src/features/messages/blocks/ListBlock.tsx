import styles from './blocks.module.css'
import type { BlockOf } from './registry'
import { Spans } from './Spans'

export function ListBlock({ block }: { block: BlockOf<'list'> }) {
  const List = block.ordered ? 'ol' : 'ul'
  return (
    <List className={styles.list}>
      {block.items.map((item, index) => (
        <li key={index}>
          <Spans spans={item} />
        </li>
      ))}
    </List>
  )
}
