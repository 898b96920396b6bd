import { resolve } from 'node:path'
import { expect, test } from 'vitest'
import type { Content } from '@/core/api'
import { refusalOf } from '../limits'
import { Typist } from './testing/typist'

/** One of everything that can be typed or pasted. What comes of it the server is shown, too (tests/messaging/test_written.py). */
const typed = [
  '好的，明天见',
  'rm -f *.log *.tmp',
  '**粗** _斜_ ~~删~~ `码` 完',
  '3. 三\n4. 四\n\n中间\n9. 九',
  '- 甲\n- 乙\n1. 一',
  '> 引\n> 用',
  '```c++\na *b\n\n\tc\n```\n后',
  'https://... 与 https://example.cn/a_(b)，www.example.cn，a@b.cn',
  `https://sso.example/?x=${'y'.repeat(3000)}`,
  '一\n\n\n二',
  '\ud800 半个字',
  '2026. 年度计划 👩‍👩‍👧',
]
const html = [
  '<table><tr><td>姓名</td><td>工号</td></tr><tr><td>张三</td><td></td></tr></table>',
  '<ol start=3><li>三<ul><li><b>内</b><ol><li>深</li></ol></li></ul></li><li></li></ol>',
  '<a href="https://a.cn/a b">链接</a> <a href="mailto:a@b.cn?subject=年度 计划"><b>信</b></a> <a href="javascript:x">坏</a>',
  `<a href="https://sso.example/?x=${'y'.repeat(3000)}">登录</a>`,
  '<a href="https://..."> </a><a href="https://a.cn\u200b/">x</a><a href="https://">y</a>',
  `<pre class="language-${'x'.repeat(60)}">code</pre><pre data-language="${'y'.repeat(60)}">code</pre>`,
  '<blockquote>引<pre>a\n  b</pre></blockquote>10<sup>6</sup> H<sub>2</sub>O <img alt="[呲牙]">',
  '<span data-mention="42" data-name="陈思远">@陈思远</span> <span data-mention="all">@all</span> <span data-mention="9" data-name="\u202egnp">x</span> <span data-mention="x" data-name="y">z</span>',
  `<span data-mention="9" data-name="${'n'.repeat(101)}">长</span><span data-mention="${'9'.repeat(19)}" data-name="n">大</span>`,
  '<ul><ul><ul><ul><ul><ul><ul><ul><ul><ul><li>深</li></ul></ul></ul></ul></ul></ul></ul></ul></ul></ul>',
  '<ol start=-5><li>负</li></ol><ol start=99999999999><li>大</li></ol><ol start=0><li>零</li></ol>',
]

test('what is typed and pasted is what the server was shown', async () => {
  const contents: Content[] = [
    ...typed.map(text => new Typist().type(text).content),
    ...typed.map(text => new Typist().paste({ 'text/plain': text }).content),
    ...html.map(page => new Typist().paste({ 'text/html': page }).content),
    new Typist().paste({ 'text/plain': Array.from({ length: 400 }, (_, line) => `${line}`).join('\n') }).content,
  ]
  expect(contents.filter(refusalOf)).toEqual([])
  const lines = contents.map(content => JSON.stringify(content)).join(',\n')
  const file = resolve(import.meta.dirname, '../../../../../../tests/vectors/messages.json')
  await expect(`[\n${lines}\n]\n`).toMatchFileSnapshot(file)
})
