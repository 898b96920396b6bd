import { isBlank } from '@/characters'
import type { Block, Content, Span } from '@/core/api'
import { isFile } from '../blocks/text'
import { maxBlocks } from './limits'

/** Blocks as they are sent: without empty lines at both ends, and not more paragraphs than the server takes. */
export function trimmed(blocks: Block[]): Content {
  const first = blocks.findIndex(isFilled)
  const last = blocks.findLastIndex(isFilled)
  const kept = first < 0 ? [] : blocks.slice(first, last + 1)
  return { blocks: kept.length > maxBlocks ? joinParagraphs(kept) : kept }
}

export function isEmpty(content: Content): boolean {
  return content.blocks.length === 0
}

/** Neighbours that look the same become one. */
export function merged(spans: Span[]): Span[] {
  const result: Span[] = []
  for (const span of spans) {
    const before = result.at(-1)
    if (before && 'text' in before && 'text' in span && looksLike(before, span))
      result[result.length - 1] = { ...before, text: before.text + span.text }
    else result.push(span)
  }
  return result
}

function looksLike(a: Span, b: Span): boolean {
  if (a.type === 'text' && b.type === 'text') return String(a.marks) === String(b.marks)
  return a.type === 'link' && b.type === 'link' && a.href === b.href && String(a.marks) === String(b.marks)
}

/** Lines as one text. */
export function joinLines(lines: Span[][]): Span[] {
  return merged(lines.flatMap((line, index) => (index === 0 ? line : [{ type: 'text' as const, text: '\n' }, ...line])))
}

function joinParagraphs(blocks: Block[]): Block[] {
  const result: Block[] = []
  let lines: Span[][] = []
  const close = () => {
    if (lines.length > 0) result.push({ type: 'paragraph', spans: joinLines(lines) })
    lines = []
  }
  for (const block of blocks) {
    if (block.type === 'paragraph') lines.push(block.spans)
    else {
      close()
      result.push(block)
    }
  }
  close()
  return result
}

function isFilled(block: Block): boolean {
  if (block.type === 'code') return !isBlank(block.text)
  if (isFile(block)) return true
  if (block.type === 'list') return block.items.some(hasText)
  return hasText(block.spans)
}

function hasText(spans: Span[]): boolean {
  return spans.some(span => !('text' in span) || !isBlank(span.text))
}

/** Text as a message may hold it: half characters and NUL, which some programs copy, are none. */
export function sendable(text: string): string {
  return text.toWellFormed().replaceAll('\0', '')
}
