import { isBlank } from '@/characters'
import type { Block, Content, Mark, Span } from '@/core/api'
import { isAddress } from '../blocks/addresses'
import { linkTarget } from '../blocks/link-target'
import { type DocNode, everyoneId } from './doc'
import { maxBlocks } from './limits'

const markNames: Mark[] = ['bold', 'italic', 'code', 'strike']

/** What the writer sees, as protocol blocks. Empty lines at both ends are dropped; without anything to see there are no blocks. */
export function toContent(doc: DocNode): Content {
  return trimmed(toBlocks(doc))
}

/** The same with the empty lines at both ends, as it is copied. */
export function toBlocks(doc: DocNode): Block[] {
  return (doc.content ?? []).flatMap(blockOf)
}

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

function blockOf(node: DocNode): Block[] {
  switch (node.type) {
    case 'paragraph':
      return [{ type: 'paragraph', spans: spansOf(node) }]
    case 'blockquote':
      return [{ type: 'quote', spans: joinLines((node.content ?? []).map(spansOf)) }]
    case 'codeBlock':
      return [{ type: 'code', text: textOf(node), language: String(node.attrs?.language ?? '') }]
    case 'bulletList':
    case 'orderedList':
      return [listOf(node)]
    default:
      return []
  }
}

function listOf({ type, attrs, content }: DocNode): Block {
  const ordered = type === 'orderedList'
  const items = (content ?? []).map(item => joinLines((item.content ?? []).map(spansOf)))
  const [start, indent] = [ordered ? Number(attrs?.start ?? 1) : 1, Number(attrs?.indent ?? 0)]
  return { type: 'list', ordered, items, ...(start !== 1 ? { start } : {}), ...(indent > 0 ? { indent } : {}) }
}

function spansOf(node: DocNode): Span[] {
  return merged((node.content ?? []).flatMap(spanOf))
}

function spanOf(node: DocNode): Span[] {
  if (node.type === 'hardBreak') return [{ type: 'text', text: '\n' }]
  if (node.type === 'mention') {
    const { id, label } = node.attrs ?? {}
    return id === everyoneId
      ? [{ type: 'mention_all' }]
      : [{ type: 'mention', person: String(id), name: String(label ?? '') }]
  }
  if (node.type !== 'text' || !node.text) return []
  const names = markNames.filter(name => node.marks?.some(mark => mark.type === name))
  const marks = names.length > 0 ? { marks: names } : {}
  const text = node.text.toWellFormed()
  const link = node.marks?.find(mark => mark.type === 'link')
  const href = link && linkTarget(String(link.attrs?.href ?? ''))
  if (!href || isAddress(text, href)) return [{ type: 'text', text, ...marks }]
  return [{ type: 'link', text, href, ...marks }]
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

function joinLines(lines: Span[][]): Span[] {
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
  if (block.type === 'list') return block.items.some(hasText)
  return hasText(block.spans)
}

function hasText(spans: Span[]): boolean {
  return spans.some(span => !('text' in span) || !isBlank(span.text))
}

function textOf(node: DocNode): string {
  return (node.content ?? [])
    .map(child => child.text ?? '')
    .join('')
    .toWellFormed()
}
