import type { Block, Mark, Span } from '@/core/api'
import { isFile } from '../../blocks/text'
import { merged } from '../../composer/trim'
import type { ListPlace } from './list-signs'

/** In what a text stands. */
export interface Look {
  marks: readonly Mark[]
  href: string | null
  /** Spaces and line breaks of the source are shown. */
  exact: boolean
  list: ListPlace | null
  quote: Element | null
  item: Item | null
}

export interface Item {
  list: ListPlace
  number: number
}

/** Text in nothing. */
export const plain: Look = { marks: [], href: null, exact: false, list: null, quote: null, item: null }

const wide = /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\u3000-\u303f\uff00-\uffef]/u

/** Blocks as they are written, line by line. */
export class Page {
  private readonly blocks: Block[] = []
  private line: Span[] = []
  /** White space of the source, maybe with a line break, that shows only when something follows in its line. */
  private gap = ''
  /** What the white space stands in: that of a sentence is no part of the link behind it. */
  private gapLook: Look = plain
  /** In what the last block stands: what follows there goes on in it. */
  private last: Element | ListPlace | null = null
  private begun: Item | null = null

  /** Text of the source. White space is one space, as a browser shows it, unless it is shown exactly. */
  write(text: string, look: Look): void {
    if (look.exact) this.writeExactly(text, look)
    else this.writeShown(text, look)
  }

  private writeShown(text: string, look: Look): void {
    for (const part of text.split(/([ \t\n\r\f]+)/)) {
      if (/^[ \t\n\r\f]/.test(part)) this.widenGap(part, look)
      else if (part) this.writeWord(part, look)
    }
  }

  put(span: Span): void {
    this.fillGap('@')
    this.line.push(span)
  }

  /** The sign of an item that no list can have. */
  writeSign(sign: string, look: Look): void {
    this.add(sign, { ...look, marks: [], href: null })
  }

  /** A line break: the line ends, also when nothing stands in it. */
  breakLine(look: Look): void {
    this.finish(look)
  }

  /** A block begins or ends. */
  endLine(look: Look): void {
    this.gap = ''
    if (this.line.length > 0) this.finish(look)
  }

  beginItem(item: Item): void {
    this.begun = item
  }

  /** An item without a word is an item. */
  endItem(look: Look): void {
    if (this.line.length > 0 || (look.item && this.begun === look.item)) this.finish(look)
  }

  code(block: Block): void {
    this.blocks.push(block)
    this.last = null
  }

  end(): Block[] {
    if (this.line.length > 0) this.finish(plain)
    return this.blocks
  }

  /** The lines of what was written within one quote. */
  texts(): string[] {
    return this.end().flatMap(block => {
      if (block.type === 'code') return block.text.split('\n')
      if (isFile(block)) return [block.name]
      const spans = block.type === 'list' ? block.items.flat() : block.spans
      return spans
        .map(span => ('text' in span ? span.text : ''))
        .join('')
        .split('\n')
    })
  }

  private writeExactly(text: string, look: Look): void {
    for (const [index, part] of text.split(/\r\n?|\n/).entries()) {
      if (index > 0) this.breakLine(look)
      if (part) this.writeWord(part, look, true)
    }
  }

  private writeWord(word: string, look: Look, exact = false): void {
    this.fillGap(word[0] ?? '')
    // Pages write spaces so that they are not joined; to programs they are other characters.
    this.add(exact ? word : word.replaceAll('\u00a0', ' '), look)
  }

  /** One space; none at the beginning of a line, nor where source text is broken between Chinese characters. */
  private fillGap(next: string): void {
    const { gap, gapLook } = this
    const before = this.lastChar()
    this.gap = ''
    if (gap === '' || before === '' || before === ' ') return
    if (!(gap.includes('\n') && wide.test(before) && wide.test(next))) this.add(' ', gapLook)
  }

  private widenGap(part: string, look: Look): void {
    if (this.gap === '') this.gapLook = look
    this.gap += part
  }

  private lastChar(): string {
    const span = this.line.at(-1)
    if (!span) return ''
    return 'text' in span ? (span.text.at(-1) ?? '') : '@'
  }

  private add(text: string, { marks, href }: Look): void {
    const shown = marks.length > 0 ? { marks: [...marks] } : {}
    this.line.push(href ? { type: 'link', text, href, ...shown } : { type: 'text', text, ...shown })
  }

  private finish({ quote, item, exact }: Look): void {
    const spans = !exact && isOnlySpaces(this.line) ? [] : merged(this.line)
    this.line = []
    this.gap = ''
    if (quote) this.finishQuote(spans, quote)
    else if (item) this.finishItem(spans, item)
    else {
      this.blocks.push({ type: 'paragraph', spans })
      this.last = null
    }
  }

  private finishQuote(spans: Span[], quote: Element): void {
    const before = this.blocks.at(-1)
    if (this.last === quote && before?.type === 'quote') before.spans = joined(before.spans, spans)
    else this.blocks.push({ type: 'quote', spans })
    this.last = quote
  }

  private finishItem(spans: Span[], item: Item): void {
    const before = this.blocks.at(-1)
    const { list, number } = item
    const goesOn = this.last === list && before?.type === 'list'
    if (goesOn && this.begun !== item) before.items.push(joined(before.items.pop() ?? [], spans))
    else if (goesOn && number === (before.start ?? 1) + before.items.length) before.items.push(spans)
    else if (goesOn && !before.ordered) before.items.push(spans)
    else if (this.begun === item) this.blocks.push(newList(list, number, spans))
    else {
      // Words of an item below a list within it.
      this.blocks.push({ type: 'paragraph', spans })
      this.last = null
      return
    }
    this.begun = null
    this.last = list
  }
}

/** Pages and word processors write an empty line with a space, so that it has a height. */
function isOnlySpaces(line: readonly Span[]): boolean {
  return line.every(span => span.type === 'text' && /^ *$/.test(span.text))
}

function newList({ ordered, indent }: ListPlace, number: number, item: Span[]): Block {
  const start = ordered && number !== 1 ? { start: number } : {}
  return { type: 'list', ordered, items: [item], ...start, ...(indent > 0 ? { indent } : {}) }
}

function joined(before: Span[], after: Span[]): Span[] {
  return merged([...before, { type: 'text', text: '\n' }, ...after])
}
