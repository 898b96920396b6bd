import { type ComponentType, memo } from 'react'
import type { Block, Content } from '@/core/api'
import { classes } from '@/ui'
import styles from './blocks.module.css'
import { hasColumns } from './columns'
import { isJumbo } from './jumbo'
import { type BlockViewProps, blockViews } from './registry'

/** What a message says. */
export const ContentView = memo(function ContentView({ content }: { content: Content }) {
  return (
    <div
      data-content=""
      className={classes(styles.content, isJumbo(content) && styles.jumbo, hasColumns(content) && styles.columns)}
    >
      {content.blocks.map((block, index) => (
        <BlockView key={index} block={block} blocks={content.blocks} />
      ))}
    </div>
  )
})

function BlockView({ block, blocks }: BlockViewProps<Block>) {
  // A kind that this client does not know yet is left out instead of breaking the whole timeline.
  const View = blockViews[block.type] as ComponentType<BlockViewProps<Block>> | undefined
  return View ? <View block={block} blocks={blocks} /> : null
}
