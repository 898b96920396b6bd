import { fireEvent, render, screen } from '@testing-library/react'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { Block, Content, Mark, Span } from '@/core/api'
import { ContentView } from '../../blocks/ContentView'
import { contentText, isFile } from '../../blocks/text'
import { contentHtml } from '../../clipboard/content-html'
import { copySelected } from '../../clipboard/selected'
import { refusalOf } from '../limits'
import { line, source, text } from './testing/texts'
import { Typist } from './testing/typist'

const words = { everyone: 'all' }
/** The same texts each time: a test that fails, fails for everybody. */
fc.configureGlobal({ seed: 20_261_130 })
/** How many times as many as by day (`make test-night`). */
const effort = Number(process.env.TEST_EFFORT ?? 1)
const runs = { numRuns: 40 * effort }

test('what is pasted is sent to the letter, and is no format', () => {
  fc.assert(
    fc.property(text, pasted => {
      fc.pre(!/^ {0,3}```/m.test(pasted))
      const typist = new Typist().paste({ 'text/plain': pasted.replaceAll('\n', '\r\n') })
      expect(typist.text).toBe(pasted)
      expect(typist.formats).toEqual([])
      expect(refusalOf(typist.content)).toBeNull()
    }),
    runs,
  )
})

test('a pasted fence is code to the letter', () => {
  fc.assert(
    fc.property(source, fc.constantFrom('', 'sh', 'c++'), (lines, language) => {
      const typist = new Typist().paste({ 'text/plain': ['前', `\`\`\`${language}`, ...lines, '```', '后'].join('\n') })
      expect(typist.content.blocks[1]).toEqual({ type: 'code', text: lines.join('\n'), language })
      expect(typist.content.blocks).toHaveLength(3)
    }),
    runs,
  )
})

/** What may have become a format: its signs may be gone, and nothing else may. */
function withoutSigns(text: string): string {
  return text.replace(/^ *(?:-|>|\d+\.) /gm, '').replace(/[*_~`]/g, '')
}

test('what is typed is sent to the letter, but for signs whose format one sees', () => {
  fc.assert(
    fc.property(line, typed => {
      const typist = new Typist().type(`${typed}乙`)
      expect(withoutSigns(typist.text)).toBe(withoutSigns(`${typed}乙`))
      if (typist.formats.length === 0) expect(typist.text).toBe(`${typed}乙`)
    }),
    { numRuns: 80 * effort },
  )
})

test('undone, every sign is back', () => {
  fc.assert(
    fc.property(fc.constantFrom('*', '_', '**', '~~', '`'), fc.constantFrom('x', '重要', 'a b', '1'), (sign, inner) => {
      const typed = `${sign}${inner}${sign}`
      expect(new Typist().type(typed).undo().text).toBe(typed)
    }),
    { numRuns: 20 },
  )
})

const marks = fc
  .subarray<Mark>(['bold', 'italic', 'strike'])
  .map(chosen => (chosen.length > 0 ? { marks: chosen } : {}))
const shown = line.map(part => `${part}字`)
const span: fc.Arbitrary<Span> = fc.oneof(
  fc
    .record({ type: fc.constant('text' as const), text: shown, marks })
    .map(({ marks, ...rest }) => ({ ...rest, ...marks })),
  fc.record({ type: fc.constant('text' as const), text: shown, marks: fc.constant<Mark[]>(['code']) }),
  fc.record({
    type: fc.constant('link' as const),
    text: shown,
    href: fc.constantFrom('https://a.cn/x?y="&<', 'mailto:a@b.cn'),
  }),
  fc.constant<Span>({ type: 'mention_all' }),
  fc.record({
    type: fc.constant('mention' as const),
    person: fc.constant('42'),
    name: fc.constantFrom('陈思远', 'A "B" <c>'),
  }),
)
const spans = fc.array(span, { minLength: 1, maxLength: 3 })
const block: fc.Arbitrary<Block> = fc.oneof(
  fc.record({ type: fc.constant('paragraph' as const), spans }),
  fc.record({ type: fc.constant('quote' as const), spans }),
  fc.record({
    type: fc.constant('code' as const),
    text: source.map(lines => `x${lines.join('\n')}`),
    language: fc.constantFrom('', 'go'),
  }),
  fc
    .record({
      ordered: fc.boolean(),
      items: fc.array(spans, { minLength: 1, maxLength: 3 }),
      start: fc.integer({ min: 2, max: 99 }),
      indent: fc.integer({ min: 0, max: 2 }),
    })
    .map(({ ordered, items, start, indent }) => ({
      type: 'list' as const,
      ordered,
      items,
      ...(ordered ? { start } : {}),
      ...(indent > 0 ? { indent } : {}),
    })),
)
const content: fc.Arbitrary<Content> = fc.array(block, { minLength: 1, maxLength: 4 }).map(blocks => ({ blocks }))

test('a message of any formats is the same after copying as HTML, pasting and sending', () => {
  fc.assert(
    fc.property(content, said => {
      const first = new Typist(said).content
      const html = contentHtml(first, words)
      const pasted = new Typist().paste({ 'text/html': html, 'text/plain': contentText(first, words) })
      expect(pasted.content).toEqual(first)
      const copied = new Typist(first).selectAll().copy()
      expect(copied['text/plain']).toBe(contentText(first, words))
      expect(new Typist().paste(copied).content).toEqual(first)
    }),
    { numRuns: 25 * effort },
  )
})

test('a message that is shown, selected and copied is the same', () => {
  fc.assert(
    fc.property(content, said => {
      const plain = { blocks: said.blocks.filter(({ type }) => type !== 'code').map(withoutMentions) }
      fc.pre(plain.blocks.length > 0)
      const first = new Typist(plain).content
      expect(new Typist().paste(copyShown(first)).content).toEqual(first)
      expect(copyShown(first)['text/plain']).toBe(contentText(first, words))
    }),
    { numRuns: 25 * effort },
  )
})

/** Mentions ask the store who somebody is; they have a test in the browser. */
function withoutMentions(block: Block): Block {
  const kept = (spans: Span[]) => spans.map(span => ('text' in span ? span : { type: 'text' as const, text: ' @' }))
  if (block.type === 'code' || isFile(block)) return block
  return block.type === 'list' ? { ...block, items: block.items.map(kept) } : { ...block, spans: kept(block.spans) }
}

function copyShown(said: Content): Record<string, string> {
  const { unmount } = render(
    <div data-testid="log" onCopy={event => void copySelected(event.currentTarget, event.clipboardData, words)}>
      <ContentView content={said} />
    </div>,
  )
  const log = screen.getByTestId('log')
  const data: Record<string, string> = {}
  document.getSelection()?.selectAllChildren(log)
  const setData = (type: string, value: string) => {
    data[type] = value
  }
  fireEvent.copy(log, { clipboardData: { setData } })
  unmount()
  return data
}
