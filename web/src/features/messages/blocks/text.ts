import { drawn, isBlank } from '@/characters'
import type { Block, Content, Span } from '@/core/api'
import type { BlockOf } from './registry'

/** The words that plain text needs and that depend on the reader's language. */
export interface TextWords {
  /** What stands after the @ of a mention of all: "all", 所有人. */
  everyone: string
  /** Code stands between fences, so that it can be read as code again. */
  fences?: boolean
}

/** A message as plain text, a line a paragraph, as it is copied. Lists and quotes get their usual signs. */
export function contentText(content: Content, words: TextWords): string {
  return content.blocks.map(block => blockText(block, words)).join('\n')
}

/** Whether a block shows a file. */
export function isFile(block: Block): block is BlockOf<'file' | 'image'> {
  return block.type === 'file' || block.type === 'image'
}

/** A message in one line, for previews and announcements. */
export function contentLine(content: Content, words: TextWords): string {
  return drawn(contentText(content, words)).replace(/\s+/g, ' ').trim()
}

export function spansText(spans: readonly Span[], words: TextWords): string {
  return spans.map(span => spanText(span, words)).join('')
}

/** How many characters the server counts: what one wrote, mentions by their names, links with their addresses. */
export function contentLength(content: Content): number {
  return content.blocks.reduce((sum, block) => sum + [...rawText(block)].length, 0)
}

function blockText(block: Block, words: TextWords): string {
  switch (block.type) {
    case 'paragraph':
      return spansText(block.spans, words)
    case 'quote':
      return spansText(block.spans, words).replace(/^/gm, '> ')
    case 'code':
      return words.fences ? `\`\`\`${block.language}\n${block.text}\n\`\`\`` : block.text
    case 'list':
      return block.items.map((item, index) => itemText(block, index, spansText(item, words))).join('\n')
    case 'file':
    case 'image':
      return block.name
  }
}

function itemText(list: BlockOf<'list'>, index: number, text: string): string {
  const sign = list.ordered ? `${(list.start ?? 1) + index}.` : '-'
  const margin = '  '.repeat(list.indent ?? 0)
  // Further lines stand below the first, so that they are seen to belong to it.
  return `${margin}${sign} ${text.replaceAll('\n', `\n${margin}${' '.repeat(sign.length + 1)}`)}`
}

function rawText(block: Block): string {
  if (block.type === 'code') return block.text + block.language
  if (isFile(block)) return block.name + block.media_type
  const spans = block.type === 'list' ? block.items.flat() : block.spans
  return spans.map(counted).join('')
}

function counted(span: Span): string {
  if (span.type === 'mention') return span.name
  if (span.type === 'mention_all') return ''
  return span.type === 'link' ? span.text + span.href : span.text
}

function spanText(span: Span, words: TextWords): string {
  switch (span.type) {
    case 'text':
      return span.text
    case 'link':
      return linkText(span)
    case 'mention':
      return `@${span.name}`
    case 'mention_all':
      return `@${words.everyone}`
  }
}

/** What a link shows: a link without words would be one that nobody sees. */
export function linkText({ text, href }: { text: string; href: string }): string {
  return isBlank(text) ? href : text
}
