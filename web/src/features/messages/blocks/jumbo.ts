import { isFewEmoji } from '@/characters'
import type { Content } from '@/core/api'

/** One to three emoji and nothing else: shown large. */
export function isJumbo(content: Content): boolean {
  const [block, ...rest] = content.blocks
  if (block?.type !== 'paragraph' || rest.length > 0) return false
  const text = block.spans.map(span => (span.type === 'text' ? span.text : 'x')).join('')
  return isFewEmoji(text.trim())
}
