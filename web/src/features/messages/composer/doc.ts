import type { Block, Content, Mark, Span } from '@/core/api'
import { isAddress } from '../blocks/addresses'
import { everyoneId } from './everyone'

/** The editor's document as JSON: only what our schema (schema.ts) knows. */
export interface DocNode {
  type: string
  attrs?: Record<string, unknown>
  content?: DocNode[]
  text?: string
  marks?: { type: string; attrs?: Record<string, unknown> }[]
}

/** Protocol blocks as a document, to edit them again. */
export function toDoc(content: Content): DocNode {
  const nodes = content.blocks.flatMap(nodeOf)
  return { type: 'doc', content: nodes.length > 0 ? nodes : [{ type: 'paragraph' }] }
}

function nodeOf(block: Block): DocNode | [] {
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
        attrs: { ...(block.ordered ? { start: block.start ?? 1 } : {}), indent: block.indent ?? 0 },
        content: block.items.map(item => ({ type: 'listItem', content: [paragraph(item)] })),
      }
    case 'file':
    case 'image':
      return []
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
      return linkNodes(span)
    case 'text':
      return textNodes(span.text, marksOf(span.marks))
  }
}

/** An address needs no link: changed while it is edited, it must not lead where it led before. */
function linkNodes({ text, href, marks }: Extract<Span, { type: 'link' }>): DocNode[] {
  const shown = text || href
  const link = isAddress(shown, href) ? [] : [{ type: 'link', attrs: { href } }]
  return textNodes(shown, [...link, ...marksOf(marks)])
}

function marksOf(marks: Mark[] = []): NonNullable<DocNode['marks']> {
  return marks.map(type => ({ type }))
}

function textNodes(text: string, marks: NonNullable<DocNode['marks']>): DocNode[] {
  const shown = marks.length > 0 ? { marks } : {}
  return text
    .split('\n')
    .flatMap((line, index) => [
      ...(index > 0 ? [{ type: 'hardBreak' }] : []),
      ...(line ? [{ type: 'text', text: line, ...shown }] : []),
    ])
}
