import { isEastAsian } from '@/characters'
import type { Block, Content } from '@/core/api'
import { contentText } from './text'

/** From so many lines on a message is folded, so that one pasted text does not hide a conversation. */
const foldedFrom = 25
/** Letters to a line of the widest bubble; an ideograph is as wide as two. */
const lineLetters = 90
/** What is longer than its frame is scrolled in it. */
const codeLines = 20

/** Lines of a message at its widest, as far as they can be told without drawing it: a list must know what it shows. */
export function linesOf({ blocks }: Content): number {
  return blocks.reduce((sum, block) => sum + blockLines(block), 0)
}

export function isLong(content: Content): boolean {
  return linesOf(content) >= foldedFrom
}

function blockLines(block: Block): number {
  const lines = contentText({ blocks: [block] }, { everyone: '' }).split('\n')
  if (block.type === 'code') return Math.min(lines.length, codeLines)
  return lines.reduce((sum, line) => sum + Math.max(1, Math.ceil(widthOf(line) / lineLetters)), 0)
}

function widthOf(line: string): number {
  let width = 0
  for (const letter of line) width += isEastAsian(letter) ? 2 : 1
  return width
}
