import { describe, expect, test } from 'vitest'
import { Typist } from './testing/typist'

describe('plain text', () => {
  test('a fence is code, its text unchanged, with its language', () => {
    const typist = new Typist().paste({
      'text/plain': '看：\r\n```python\r\ndef f(*args):\r\n\treturn __name__ # `x`\r\n\r\n```\r\n完',
    })
    expect(typist.content.blocks).toEqual([
      { type: 'paragraph', spans: [{ type: 'text', text: '看：' }] },
      { type: 'code', text: 'def f(*args):\n\treturn __name__ # `x`\n', language: 'python' },
      { type: 'paragraph', spans: [{ type: 'text', text: '完' }] },
    ])
  })

  test('what is written next stands below a pasted fence, and the rest of the line, too', () => {
    const types = (typist: Typist) => typist.content.blocks.map(block => block.type)
    const fence = { 'text/plain': '```\nx\n```' }
    expect(types(new Typist().paste(fence).type('后'))).toEqual(['code', 'paragraph'])
    expect(types(new Typist().paste(fence))).toEqual(['code'])
    const between = new Typist().type('前后').select(2, 2).paste(fence)
    expect([types(between), between.text]).toEqual([['paragraph', 'code', 'paragraph'], '前\nx\n后'])
  })

  test.each(['```\n没有结束', '``` a b\nx\n```', 'x ```\ny\n```z', '````\n```\nx'])(
    'no whole fence is text: %s',
    text => {
      expect(new Typist().paste({ 'text/plain': text }).text).toBe(text)
    },
  )

  test.each([
    '1. 一\n2. 二',
    '- a\n- b',
    '> 日志\n> 行',
    '# a\n* b',
    '2026. 年度\n2027. 年度',
    'a\n\n\nb',
    '  a\n\tb  c',
  ])('lines stay lines: %j', text => {
    const typist = new Typist().paste({ 'text/plain': text })
    expect(typist.text).toBe(text)
    expect(typist.formats).toEqual([])
  })

  test('in the middle of a line it joins the line', () => {
    expect(new Typist().type('ad').select(2, 2).paste({ 'text/plain': 'b\nc' }).text).toBe('ab\ncd')
    expect(new Typist().type('ac').select(2, 2).paste({ 'text/plain': 'b' }).text).toBe('abc')
  })

  test.each(['- 甲', '> 甲', '1. 甲', '```\n甲'])('in "%s" no line is lost', typed => {
    const typist = new Typist().type(typed).paste({ 'text/plain': '一\n\n二 *x*\n三' })
    expect(typist.text.replace(/^ *(?:-|>|\d+\.)? ?/gm, '').split('\n')).toEqual(['甲一', '', '二 *x*', '三'])
  })

  test('undone it is gone, and what was typed before and after is not', () => {
    const typist = new Typist().type('前').paste({ 'text/plain': '一\n二' }).type('后')
    expect(typist.text).toBe('前一\n二后')
    expect(typist.undo().text).toBe('前一\n二')
    expect(typist.undo().text).toBe('前')
    expect(typist.undo().text).toBe('')
  })
})

describe('HTML', () => {
  test('a table of a spreadsheet', () => {
    const html = '<table><tr><td>姓名</td><td>工号</td></tr><tr><td>张三</td><td></td></tr></table>'
    expect(new Typist().paste({ 'text/html': html, 'text/plain': '姓名\t工号\r\n张三\t\r\n' }).text).toBe(
      '姓名\t工号\n张三\t',
    )
    expect(new Typist().paste({ 'text/html': html }).text).toBe('姓名\t工号\n张三\t')
  })

  test('that only colours source text is that text', () => {
    const plain = 'if a:\n    b  = "*c*"\n\n    d'
    const html = '<div style="color:#fff"><span>if</span> a:<br>b = "*c*"<br><br>d</div>'
    expect(new Typist().paste({ 'text/html': html, 'text/plain': plain }).text).toBe(plain)
  })

  test('of an editor of source text', () => {
    const data = {
      'text/plain': 'a\r\n  b',
      'text/html': '<div><div>a</div><div>&nbsp; b</div></div>',
      'vscode-editor-data': '{"mode":"go"}',
    }
    expect(new Typist().paste(data).content.blocks).toEqual([{ type: 'code', text: 'a\n  b', language: 'go' }])
    expect(new Typist().paste({ ...data, 'text/plain': 'word' }).formats).toEqual([])
    expect(new Typist().paste({ ...data, 'vscode-editor-data': '{' }).text).toBe('a\n  b')
  })

  test('into code comes only its text', () => {
    const typist = new Typist().type('```\n').paste({ 'text/html': '<p><b>a</b></p><p>b</p>' })
    expect(typist.content.blocks).toEqual([{ type: 'code', text: 'a\nb', language: '' }])
  })

  test('begins and ends with what it begins and ends with', () => {
    expect(new Typist().paste({ 'text/html': '<ol><li>a</li></ol><pre>b</pre>' }).text).toBe('1. a\nb')
    expect(new Typist().type('前').paste({ 'text/html': '<ul><li>a</li><li>b</li></ul>' }).text).toBe('前\n- a\n- b')
  })
})

test('what is copied out of the editor and pasted again is the same', () => {
  const html =
    '<p>一 <b>粗</b> <code>c_d</code></p><p><br></p><ol start=3><li>三<ul><li>内</li></ul></li><li>四</li></ol>' +
    '<blockquote><p>引</p><p>用</p></blockquote><pre><code class="language-go">x *= 2\n\ty</code></pre><p>完  了 </p>'
  const first = new Typist().paste({ 'text/html': html })
  const { content, text } = first
  const copied = first.selectAll().copy()
  expect(copied['text/plain']).toBe(text)
  expect(new Typist().paste(copied).content).toEqual(content)
  expect(new Typist().paste({ 'text/plain': copied['text/plain'] ?? '' }).text).toBe(text)
})

test('a part of a numbered list is copied with its numbers, words of one item without', () => {
  const typist = new Typist().type('1. 一\n2. 二\n3. 三')
  expect(typist.select(8, 14).copy()['text/plain']).toBe('2. 二\n3. 三')
  expect(typist.select(3, 4).copy()['text/plain']).toBe('一')
})

test('words win over a picture of them, and a picture alone is no text', () => {
  const picture = new File(['x'], 'shot.png', { type: 'image/png' })
  expect(new Typist().paste({ 'text/html': '<img src="https://a.cn/x.png">' }, [picture]).text).toBe('')
  expect(new Typist().paste({ 'text/plain': 'a\tb' }, [picture]).text).toBe('a\tb')
})
