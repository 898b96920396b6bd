import { isBlank } from '@/characters'
import type { Block, Content, Mark, Span } from '@/core/api'
import { plainText } from './plain'

/** The editor's document as JSON: only what our schema (schema.ts) knows. */
export interface DocNode {
  type: string
  attrs?: Record<string, unknown>
  content?: DocNode[]
  text?: string
  marks?: { type: string; attrs?: Record<string, unknown> }[]
}

/** More blocks than this the server refuses; consecutive paragraphs are then joined by line breaks. */
export const maxBlocks = 200
/** Characters; more the server refuses. */
export const maxLength = 20_000

/** The id in the editor of a mention of all. */
export const everyoneId = 'all'

const markNames: Mark[] = ['bold', 'italic', 'code', 'strike']

/** What the writer sees, as protocol blocks; addresses in it become links. Empty lines at both ends are dropped; without any text there are no blocks. */
export function toContent(doc: DocNode): Content {
  const blocks = (doc.content ?? []).flatMap(blockOf)
  const first = blocks.findIndex(isFilled)
  const last = blocks.findLastIndex(isFilled)
  const kept = first < 0 ? [] : blocks.slice(first, last + 1)
  return { blocks: kept.length > maxBlocks ? joinParagraphs(kept) : kept }
}

/** Protocol blocks as a document, to edit them again. */
export function toDoc(content: Content): DocNode {
  const nodes = content.blocks.map(nodeOf)
  return { type: 'doc', content: nodes.length > 0 ? nodes : [{ type: 'paragraph' }] }
}

/** Plain text as blocks: a paragraph a line. */
export function fromPlainText(text: string): Content {
  return toContent(
    toDoc({ blocks: text.split(/\r\n?|\n/).map(line => ({ type: 'paragraph', spans: plainText(line) })) }),
  )
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
    case 'orderedList': {
      const items = (node.content ?? []).map(item => joinLines((item.content ?? []).map(spansOf)))
      return [{ type: 'list', ordered: node.type === 'orderedList', items }]
    }
    default:
      return []
  }
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
  const link = node.marks?.find(mark => mark.type === 'link')
  if (link) return [{ type: 'link', text: node.text, href: String(link.attrs?.href ?? '') }]
  const marks = markNames.filter(name => node.marks?.some(mark => mark.type === name))
  return marks.length > 0 ? [{ type: 'text', text: node.text, marks }] : plainText(node.text)
}

/** Neighbours that look the same become one. */
function merged(spans: Span[]): Span[] {
  const result: Span[] = []
  for (const span of spans) {
    const before = result.at(-1)
    const same =
      (before?.type === 'text' && span.type === 'text' && String(before.marks) === String(span.marks)) ||
      (before?.type === 'link' && span.type === 'link' && before.href === span.href)
    if (same && before && 'text' in before && 'text' in span)
      result[result.length - 1] = { ...before, text: before.text + span.text }
    else result.push(span)
  }
  return result
}

function joinLines(lines: Span[][]): Span[] {
  return merged(lines.flatMap((line, index) => (index === 0 ? line : [{ type: 'text' as const, text: '\n' }, ...line])))
}

function joinParagraphs(blocks: Block[]): Block[] {
  const result: Block[] = []
  for (const block of blocks) {
    const before = result.at(-1)
    if (before?.type === 'paragraph' && block.type === 'paragraph')
      result[result.length - 1] = { type: 'paragraph', spans: joinLines([before.spans, block.spans]) }
    else result.push(block)
  }
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
  return (node.content ?? []).map(child => child.text ?? '').join('')
}

function nodeOf(block: Block): DocNode {
  switch (block.type) {
    case 'paragraph':
      return paragraph(block.spans)
    case 'quote':
      return { type: 'blockquote', content: linesOf(block.spans).map(paragraph) }
    case 'code':
      return {
        type: 'codeBlock',
        attrs: { language: block.language || null },
        ...(block.text ? { content: [{ type: 'text', text: block.text }] } : {}),
      }
    case 'list':
      return {
        type: block.ordered ? 'orderedList' : 'bulletList',
        content: block.items.map(item => ({ type: 'listItem', content: [paragraph(item)] })),
      }
  }
}

/** Spans cut at their line breaks. */
function linesOf(spans: Span[]): Span[][] {
  const lines: Span[][] = [[]]
  for (const span of spans) {
    if (span.type !== 'text') {
      lines.at(-1)?.push(span)
      continue
    }
    for (const [index, text] of span.text.split('\n').entries()) {
      if (index > 0) lines.push([])
      if (text) lines.at(-1)?.push({ ...span, text })
    }
  }
  return lines
}

function paragraph(spans: Span[]): DocNode {
  const content = spans.flatMap(inlineOf)
  return content.length > 0 ? { type: 'paragraph', content } : { type: 'paragraph' }
}

function inlineOf(span: Span): DocNode[] {
  switch (span.type) {
    case 'mention':
      return [{ type: 'mention', attrs: { id: span.person, label: span.name } }]
    case 'mention_all':
      return [{ type: 'mention', attrs: { id: everyoneId, label: '' } }]
    case 'link':
      return [{ type: 'text', text: span.text, marks: [{ type: 'link', attrs: { href: span.href } }] }]
    case 'text':
      return textNodes(span.text, span.marks ?? [])
  }
}

function textNodes(text: string, marks: Mark[]): DocNode[] {
  const shown = marks.length > 0 ? { marks: marks.map(type => ({ type })) } : {}
  return text
    .split('\n')
    .flatMap((line, index) => [
      ...(index > 0 ? [{ type: 'hardBreak' }] : []),
      ...(line ? [{ type: 'text', text: line, ...shown }] : []),
    ])
}
