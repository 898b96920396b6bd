import type { Content } from '@/core/api'

/** Whether lines of a message are rows of a table: cells apart by tabs, the first one not empty in some row. */
export function hasColumns(content: Content): boolean {
  return content.blocks.some(
    block =>
      block.type === 'paragraph' && block.spans.some(span => span.type === 'text' && /[^\t\n]\t/.test(span.text)),
  )
}
