import type { Block, Content, Mark, Span } from '@/core/api'
import { linkText, type TextWords } from '../blocks/text'

const tags: Record<Mark, string> = { bold: 'strong', italic: 'em', code: 'code', strike: 's' }

/** A message as HTML, as it is copied: pasted here it is the same again, and pasted elsewhere as like it as can be. */
export function contentHtml(content: Content, words: TextWords): string {
  const blocks = content.blocks.map(block => blockHtml(block, words)).join('')
  return `<div data-bilin="" style="white-space: pre-wrap">${blocks}</div>`
}

function blockHtml(block: Block, words: TextWords): string {
  switch (block.type) {
    case 'paragraph':
      return `<p>${block.spans.length > 0 ? spansHtml(block.spans, words) : '<br>'}</p>`
    case 'quote':
      return `<blockquote>${spansHtml(block.spans, words) || '<br>'}</blockquote>`
    case 'code':
      return `<pre><code${block.language ? ` class="language-${escaped(block.language)}"` : ''}>${escaped(block.text)}</code></pre>`
    case 'list':
      return listHtml(block, words)
    case 'file':
    case 'image':
      return `<p>${escaped(block.name)}</p>`
  }
}

function listHtml({ ordered, start, indent, items }: Extract<Block, { type: 'list' }>, words: TextWords): string {
  const tag = ordered ? 'ol' : 'ul'
  const attributes = `${start === undefined ? '' : ` start="${start}"`}${indent ? ` data-indent="${indent}"` : ''}`
  const inner = items.map(item => `<li>${spansHtml(item, words)}</li>`).join('')
  return `<${tag}${attributes}>${inner}</${tag}>`
}

function spansHtml(spans: readonly Span[], words: TextWords): string {
  return spans.map(span => spanHtml(span, words)).join('')
}

function spanHtml(span: Span, words: TextWords): string {
  switch (span.type) {
    case 'text':
      return marked(lines(span.text), span.marks)
    case 'link':
      return marked(`<a href="${escaped(span.href)}">${lines(linkText(span))}</a>`, span.marks)
    case 'mention':
      return `<span data-mention="${escaped(span.person)}" data-name="${escaped(span.name)}">@${escaped(span.name)}</span>`
    case 'mention_all':
      return `<span data-mention="all">@${escaped(words.everyone)}</span>`
  }
}

function marked(html: string, marks: readonly Mark[] = []): string {
  return marks.reduceRight((inner, mark) => (tags[mark] ? `<${tags[mark]}>${inner}</${tags[mark]}>` : inner), html)
}

function lines(text: string): string {
  return escaped(text).replaceAll('\n', '<br>')
}

function escaped(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;')
}
