import type { Block, Content } from '@/core/api'
import { contentLength, isFile } from '../blocks/text'

/** More blocks than this the server refuses; consecutive paragraphs are then joined by line breaks. */
export const maxBlocks = 200
/** Characters; more the server refuses. */
export const maxLength = 20_000
/** Spans and items of lists: an empty one has no characters, but costs as much. */
export const maxParts = 5_000
/** Of the content as JSON in UTF-8. */
export const maxBytes = 100_000
/** What a character and a part take at most, bytes: only a message that comes near the limit is encoded for being measured. */
const [charBytes, partBytes] = [6, 110]

/** Why the server would refuse a message, and by how much it is too large. */
export type Refusal = { kind: 'length' | 'parts' | 'blocks' | 'bytes'; over: number }

/** What the server (content_rules.py) would refuse is said before it is sent. Null: it takes it. */
export function refusalOf(content: Content): Refusal | null {
  const { blocks } = content
  const length = contentLength(content)
  if (length > maxLength) return { kind: 'length', over: length - maxLength }
  if (blocks.length > maxBlocks) return { kind: 'blocks', over: blocks.length - maxBlocks }
  const parts = blocks.reduce((sum, block) => sum + partsOf(block), 0)
  if (parts > maxParts) return { kind: 'parts', over: parts - maxParts }
  if (length * charBytes + (parts + blocks.length + 1) * partBytes <= maxBytes) return null
  const bytes = new TextEncoder().encode(JSON.stringify(content)).length
  return bytes > maxBytes ? { kind: 'bytes', over: bytes - maxBytes } : null
}

function partsOf(block: Block): number {
  if (block.type === 'code') return 0
  if (isFile(block)) return 1
  return block.type === 'list' ? block.items.length + block.items.flat().length : block.spans.length
}
