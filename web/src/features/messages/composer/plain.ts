import type { Span } from '@/core/api'

const address = /\bhttps?:\/\/[^\s<>"'，。；：！？、（）【】《》“”‘’]+/g
const trailing = /[.,;:!?)\]}]+$/

/** One line of plain text as spans: web addresses become links. */
export function plainText(line: string): Span[] {
  const spans: Span[] = []
  let end = 0
  for (const match of line.matchAll(address)) {
    const href = match[0].replace(trailing, '')
    if (match.index > end) spans.push({ type: 'text', text: line.slice(end, match.index) })
    spans.push({ type: 'link', text: href, href })
    end = match.index + href.length
  }
  if (end < line.length) spans.push({ type: 'text', text: line.slice(end) })
  return spans
}
