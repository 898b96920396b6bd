import type { Block, Content } from '@/core/api'
import { sendable, trimmed } from './trim'

/** ``` or more, and maybe the name of a language. Anything else behind it makes it text. */
const opening = /^ {0,3}(`{3,})[ \t]*([^\s`]{0,40})[ \t]*$/
const closing = /^ {0,3}(`{3,})[ \t]*$/
/** Also those of Word (vertical tab) and Unicode. */
const lineBreak = /\r\n?|[\n\v\f\u0085\u2028\u2029]/

/** Plain text as blocks: a paragraph a line, to the letter. What stands between two fences is code. */
export function fromPlainText(text: string): Content {
  return trimmed(plainBlocks(text))
}

/** The same with the empty lines at both ends. */
export function plainBlocks(text: string): Block[] {
  const lines = sendable(text).split(lineBreak)
  const blocks: Block[] = []
  const last = lines.findLastIndex(line => closing.test(line))
  for (let at = 0; at < lines.length; at += 1) {
    const line = lines[at] ?? ''
    const end = at < last ? fenceEnd(lines, at) : -1
    if (end < 0) blocks.push({ type: 'paragraph', spans: line ? [{ type: 'text', text: line }] : [] })
    else {
      blocks.push({ type: 'code', text: lines.slice(at + 1, end).join('\n'), language: opening.exec(line)?.[2] ?? '' })
      at = end
    }
  }
  return blocks
}

/** The line that ends the code beginning at a line; -1: none begins there, or it has no end. */
function fenceEnd(lines: readonly string[], at: number): number {
  const fence = opening.exec(lines[at] ?? '')?.[1]
  if (!fence) return -1
  return lines.findIndex((line, index) => index > at && (closing.exec(line)?.[1]?.length ?? 0) >= fence.length)
}
