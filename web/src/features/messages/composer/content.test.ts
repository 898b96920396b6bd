import { describe, expect, test } from 'vitest'
import type { Block, Content } from '@/core/api'
import { toContent } from './content'
import { type DocNode, toDoc } from './doc'
import { fromPlainText } from './plain-text'

const blocks: Block[] = [
  {
    type: 'paragraph',
    spans: [
      { type: 'text', text: '收到 ' },
      { type: 'text', text: 'bold', marks: ['bold', 'italic'] },
      { type: 'mention', person: '42', name: '陈思远' },
      { type: 'text', text: '\nnext ' },
      { type: 'link', text: 'wiki', href: 'https://wiki.example/a' },
      { type: 'mention_all' },
    ],
  },
  { type: 'quote', spans: [{ type: 'text', text: 'one\ntwo' }] },
  { type: 'code', text: 'a = 1\n\nb = 2', language: 'python' },
  {
    type: 'list',
    ordered: true,
    items: [[{ type: 'text', text: 'first' }], [{ type: 'text', text: 'second', marks: ['code'] }]],
  },
  { type: 'list', ordered: false, items: [[{ type: 'mention', person: '7', name: 'Marcus Tan' }]] },
]

describe('content', () => {
  test('comes back unchanged from the editor', () => {
    expect(toContent(toDoc({ blocks }))).toEqual({ blocks })
  })

  test('empty lines at the ends are dropped, those inside stay', () => {
    const content = toContent(
      doc(paragraph(), paragraph('a'), paragraph(), paragraph('b'), paragraph('  '), paragraph()),
    )
    expect(content.blocks.map(block => block.type === 'paragraph' && block.spans.length)).toEqual([1, 0, 1])
  })

  test('nothing but white space is nothing', () => {
    expect(toContent(doc(paragraph(' '), paragraph()))).toEqual({ blocks: [] })
    expect(toContent(doc({ type: 'codeBlock', content: [{ type: 'text', text: '\n' }] }))).toEqual({ blocks: [] })
  })

  test('a mention alone is something', () => {
    const mention = { type: 'mention', attrs: { id: 'all', label: '' } }
    expect(toContent(doc({ type: 'paragraph', content: [mention] })).blocks).toHaveLength(1)
  })

  test('text cut by the editor becomes one span again', () => {
    const parts = { type: 'paragraph', content: [text('a'), text('b'), text('c', 'bold'), text('d', 'bold')] }
    expect(toContent(doc(parts)).blocks[0]).toEqual({
      type: 'paragraph',
      spans: [
        { type: 'text', text: 'ab' },
        { type: 'text', text: 'cd', marks: ['bold'] },
      ],
    })
  })

  test('more lines than the server takes are joined', () => {
    const pasted = Array.from({ length: 500 }, (_, line) => `line ${line}`).join('\n')
    const { blocks } = fromPlainText(pasted) as Content
    expect(blocks).toHaveLength(1)
    expect(blocks[0]).toEqual({ type: 'paragraph', spans: [{ type: 'text', text: pasted }] })
  })
})

function doc(...content: DocNode[]): DocNode {
  return { type: 'doc', content }
}

function paragraph(words?: string): DocNode {
  return words ? { type: 'paragraph', content: [text(words)] } : { type: 'paragraph' }
}

function text(words: string, ...marks: string[]): DocNode {
  return { type: 'text', text: words, ...(marks.length ? { marks: marks.map(type => ({ type })) } : {}) }
}
