import { drawn } from '@/characters'
import type { Block, Content, Span } from '@/core/api'

/** The words that plain text needs and that depend on the reader's language. */
export interface TextWords {
  /** What stands after the @ of a mention of all: "all", 所有人. */
  everyone: string
}

/** A message as plain text, a line a paragraph, as it is copied. Lists and quotes get their usual signs. */
export function contentText(content: Content, words: TextWords): string {
  return content.blocks.map(block => blockText(block, words)).join('\n')
}

/** A message in one line, for previews and announcements. */
export function contentLine(content: Content, words: TextWords): string {
  return drawn(contentText(content, words)).replace(/\s+/g, ' ').trim()
}

export function spansText(spans: readonly Span[], words: TextWords): string {
  return spans.map(span => spanText(span, words)).join('')
}

/** How many characters the server counts: what the reader sees, mentions by their names. */
export function contentLength(content: Content): number {
  const words = { everyone: 'all' }
  return content.blocks.reduce((sum, block) => sum + [...rawText(block, words)].length, 0)
}

function blockText(block: Block, words: TextWords): string {
  switch (block.type) {
    case 'paragraph':
      return spansText(block.spans, words)
    case 'quote':
      return spansText(block.spans, words).replace(/^/gm, '> ')
    case 'code':
      return block.text
    case 'list':
      return block.items
        .map((item, index) => `${block.ordered ? `${index + 1}.` : '-'} ${spansText(item, words)}`)
        .join('\n')
  }
}

function rawText(block: Block, words: TextWords): string {
  if (block.type === 'code') return block.text
  if (block.type === 'list') return block.items.map(item => spansText(item, words)).join('')
  return spansText(block.spans, words)
}

function spanText(span: Span, words: TextWords): string {
  switch (span.type) {
    case 'text':
    case 'link':
      return span.text
    case 'mention':
      return `@${span.name}`
    case 'mention_all':
      return `@${words.everyone}`
  }
}
