import { getSchema } from '@tiptap/core'
import { DOMParser, Node } from '@tiptap/pm/model'
import { expect, test } from 'vitest'
import type { Block, Content } from '@/core/api'
import { toContent } from '../content'
import { type DocNode, toDoc } from '../doc'
import { writingSchema } from './schema'

const schema = getSchema(writingSchema('all'))

test('every kind of block and span is allowed by the schema and comes back the same', () => {
  const blocks: Block[] = [
    {
      type: 'paragraph',
      spans: [
        { type: 'text', text: 'a', marks: ['bold', 'italic', 'strike'] },
        { type: 'text', text: 'b', marks: ['code'] },
        { type: 'link', text: 'c', href: 'mailto:c@example.org' },
        { type: 'mention', person: '250', name: '陈思远' },
        { type: 'mention_all' },
        { type: 'text', text: '\nnext line' },
      ],
    },
    { type: 'quote', spans: [{ type: 'text', text: 'one\ntwo' }] },
    { type: 'code', text: 'x\n  y', language: 'python' },
    { type: 'list', ordered: true, items: [[{ type: 'text', text: '1' }], []] },
  ]
  const doc = Node.fromJSON(schema, toDoc({ blocks }))
  doc.check()
  expect(toContent(doc.toJSON() as DocNode)).toEqual({ blocks })
})

test('an empty message is an empty document', () => {
  Node.fromJSON(schema, toDoc({ blocks: [] })).check()
})

test('pasted HTML keeps only what can be said', () => {
  const pasted = parse(
    '<h1>Title</h1><p onclick="x()" style="color:red">a <b>bold</b> <u>word</u><img src="x"></p>' +
      '<ul><li><p>one</p><ul><li>inner</li></ul></li></ul><script>alert(1)</script>' +
      '<p><a href="javascript:alert(1)">bad</a> <a href="https://a.example">good</a></p>',
  )
  expect(JSON.stringify(pasted)).not.toMatch(/onclick|style|img|script|javascript/)
  expect(pasted.blocks.map(block => block.type)).toEqual(['paragraph', 'paragraph', 'list', 'list', 'paragraph'])
  expect(pasted.blocks[1]).toEqual({
    type: 'paragraph',
    spans: [
      { type: 'text', text: 'a ' },
      { type: 'text', text: 'bold', marks: ['bold'] },
      { type: 'text', text: ' word' },
    ],
  })
  expect(pasted.blocks[4]).toEqual({
    type: 'paragraph',
    spans: [
      { type: 'text', text: 'bad ' },
      { type: 'link', text: 'good', href: 'https://a.example' },
    ],
  })
})

function parse(html: string): Content {
  const page = new window.DOMParser().parseFromString(html, 'text/html')
  const doc = DOMParser.fromSchema(schema).parse(page.body as unknown as HTMLElement)
  doc.check()
  return toContent(doc.toJSON() as DocNode)
}
