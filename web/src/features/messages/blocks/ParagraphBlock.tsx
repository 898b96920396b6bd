import type { BlockOf } from './registry'
import { Spans } from './Spans'

export function ParagraphBlock({ block }: { block: BlockOf<'paragraph'> }) {
  // An empty line keeps its height.
  return <p>{block.spans.length > 0 ? <Spans spans={block.spans} /> : <br />}</p>
}
