import { describe, expect, test } from 'vitest'
import { contentText } from '../../blocks/text'
import { readHtml } from './read-html'

/** What is pasted, as text; lines. */
function read(html: string): string[] {
  return contentText({ blocks: readHtml(html) }, { everyone: 'all' }).split('\n')
}

describe('tables', () => {
  test('a line a row, cells apart, empty cells kept', () => {
    const html = '<table><tr><td>姓名</td><td>工号</td></tr><tr><td>张三</td><td></td></tr></table>'
    expect(read(html)).toEqual(['姓名\t工号', '张三\t'])
  })

  test('an empty cell in front or in the middle moves nothing', () => {
    const row = (...cells: string[]) => `<tr>${cells.map(cell => `<td>${cell}</td>`).join('')}</tr>`
    const html = `<table>${row('', 'b', 'c')}${row('1', '', '3')}${row('', '', '')}${row('x', 'y', '')}</table>`
    expect(read(html)).toEqual(['\tb\tc', '1\t\t3', '\t\t', 'x\ty\t'])
  })

  test('Excel: styles, columns and comments are no text, hidden cells are not there', () => {
    const html = `<html xmlns:x="urn:schemas-microsoft-com:office:excel"><head><style><!--table {mso-displayed-decimal-separator:"\\."}
      .xl65 {mso-number-format:"\\@";}--></style></head><body><table border=0 style='border-collapse:collapse'><!--StartFragment-->
      <col width=64 style='width:48pt'><tr height=19><td class=xl65 width=64>项目</td><td style='display:none'>隐</td><td align=right>金额</td></tr>
      <tr height=19><td>A<br>第二行</td><td style='display:none'>藏</td><td align=right x:num="0.1">10%</td></tr>
      <tr style='display:none'><td>没有</td><td></td><td></td></tr><!--EndFragment--></table></body></html>`
    expect(read(html)).toEqual(['项目\t金额', 'A 第二行\t10%'])
  })

  test('merged cells stand in the first place', () => {
    const html =
      '<table><tr><td rowspan=2>华东</td><td colspan=2>合计</td></tr><tr><td>1</td><td>2</td></tr><tr><td colspan=3>完</td></tr></table>'
    expect(read(html)).toEqual(['华东\t合计\t', '\t1\t2', '完\t\t'])
  })

  test('Word and WPS put paragraphs into cells', () => {
    const html =
      '<p class=MsoNormal>前</p><table class=MsoTableGrid><tr><td><p class=MsoNormal><span>姓名<o:p></o:p></span></p></td><td><p><o:p>&nbsp;</o:p></p></td></tr>' +
      '<tr><td><p>张三</p><p>（北京）</p></td><td><ul><li>甲</li><li>乙</li></ul></td></tr></table><p>后</p>'
    expect(read(html)).toEqual(['前', '姓名\t', '张三 （北京）\t- 甲 - 乙', '后'])
  })

  test('LibreOffice and Google', () => {
    expect(
      read(
        '<table cellspacing="0"><colgroup width="85"></colgroup><tr><td height="17"><br></td><td>b</td></tr></table>',
      ),
    ).toEqual(['\tb'])
    expect(
      read(
        '<google-sheets-html-origin><style>td {border: 1px}</style><table><tbody><tr><td data-sheets-value="{}">a</td><td></td><td>c</td></tr></tbody></table>',
      ),
    ).toEqual(['a\t\tc'])
  })

  test('a table that arranges a page is read cell by cell', () => {
    const html =
      '<table><tr><td><p>您好</p><table><tr><td>单号</td><td>7</td></tr></table></td><td>侧栏</td></tr></table>'
    expect(read(html)).toEqual(['您好', '单号\t7', '侧栏'])
  })

  test('a cell that spans a whole sheet costs nothing', () => {
    expect(read('<table><tr><td colspan=16384 rowspan=1048576>标题</td></tr><tr><td>a</td></tr></table>')[0]).toBe(
      '标题',
    )
  })
})

describe('lists', () => {
  test('nested ones keep their kind, their place and the numbers around them', () => {
    const html = '<ol><li>一<ul><li>甲</li><li>乙<ol><li>深</li></ol></li></ul></li><li>二</li></ol>'
    expect(read(html)).toEqual(['1. 一', '  - 甲', '  - 乙', '    1. 深', '2. 二'])
    expect(readHtml(html).map(block => block.type === 'list' && [block.ordered, block.start, block.indent])).toEqual([
      [true, undefined, undefined],
      [false, undefined, 1],
      [true, undefined, 2],
      [true, 2, undefined],
    ])
  })

  test('numbers stay: start, value, interrupted lists', () => {
    expect(
      read('<ol start=3><li>c</li><li value=7>g</li><li>h</li></ol><p>x</p><ol start="9"><li>i</li></ol>'),
    ).toEqual(['3. c', '7. g', '8. h', 'x', '9. i'])
  })

  test('what a list of blocks cannot say is text', () => {
    expect(read('<ol type=a><li>x</li><li>y</li></ol>')).toEqual(['a. x', 'b. y'])
    expect(read('<ol style="list-style-type: lower-roman" start=4><li>x</li></ol>')).toEqual(['iv. x'])
    expect(read('<ol reversed><li>x</li><li>y</li></ol>')).toEqual(['2. x', '1. y'])
    expect(read('<ul style="list-style:none"><li>x</li><li>y</li></ul>')).toEqual(['x', 'y'])
    expect(read('<blockquote><ol><li>x</li><li>y</li></ol></blockquote>')).toEqual(['> 1. x', '> 2. y'])
  })

  test('paragraphs and line breaks of an item stay with it; an empty item is one', () => {
    expect(read('<ol><li><p>a</p><p>b</p></li><li></li><li>c<br>d</li></ol>')).toEqual([
      '1. a',
      '   b',
      '2. ',
      '3. c',
      '   d',
    ])
  })

  test('items of Word keep their signs', () => {
    const item = (level: number, sign: string, text: string) =>
      `<p class=MsoListParagraph style='text-indent:-18.0pt;mso-list:l0 level${level} lfo1'><![if !supportLists]><span lang=EN-US style='font-family:Symbol'><span style='mso-list:Ignore'>${sign}<span style='font:7.0pt "Times New Roman"'>&nbsp;&nbsp; </span></span></span><![endif]>${text}<o:p></o:p></p>`
    expect(
      read(item(1, '3.', '第三点') + item(2, '·', '要点') + item(2, 'Ø', '箭头') + item(1, '（四）', '第四')),
    ).toEqual(['3. 第三点', '  - 要点', '  - 箭头', '（四） 第四'])
  })
})

describe('text', () => {
  test('is never glued', () => {
    expect(read('<div>a</div><div>b</div>c<p>d</p><section>e<h2>f</h2>g</section>')).toEqual([...'abcdefg'])
    expect(read('a<br>b<br/>c')).toEqual(['a', 'b', 'c'])
    expect(read('<span style="display:block">a</span><span style="display: flex">b</span>')).toEqual(['a', 'b'])
    expect(read('<dl><dt>词</dt><dd>义</dd></dl><address>x</address>')).toEqual(['词', '义', 'x'])
    expect(read('<p>a\n   b</p>')).toEqual(['a b'])
  })

  test('empty lines stay', () => {
    expect(read('<p>a</p><p><br></p><p>b</p>')).toEqual(['a', '', 'b'])
    expect(read('<div>a</div><div><br></div><div>b</div>')).toEqual(['a', '', 'b'])
    expect(read('a<br><br>b')).toEqual(['a', '', 'b'])
    expect(read('<p class=MsoNormal>a</p><p class=MsoNormal><o:p>&nbsp;</o:p></p><p>b</p>')).toEqual(['a', '', 'b'])
    expect(read('<p data-pm-slice="1 1 []">a</p><p></p><p>b</p>')).toEqual(['a', '', 'b'])
  })

  test('raised and lowered figures are not figures beside', () => {
    expect(read('10<sup>6</sup> m<sup>2</sup> 10<sup>−3</sup> H<sub>2</sub>O x<sup>n+1</sup>')).toEqual([
      '10⁶ m² 10⁻³ H₂O xⁿ⁺¹',
    ])
    expect(read('x<sup>a,b</sup> T<sub>最大</sub> 1<sup>st</sup> 文<sup>[1]</sup>')).toEqual([
      'x^(a,b) T_最大 1st 文[1]',
    ])
    expect(read('10<span style="font-size:0.6em;vertical-align:super">9</span>')).toEqual(['10⁹'])
  })

  test('pictures keep their words, boxes their ticks, small readings their brackets', () => {
    expect(read('好<img src="x" alt="[呲牙]"> <img src=y>的')).toEqual(['好[呲牙] 的'])
    expect(read('<ul><li><input type=checkbox checked>做完</li><li><input type=checkbox>没做</li></ul>')).toEqual([
      '- ☑ 做完',
      '- ☐ 没做',
    ])
    expect(read('<ruby>漢<rt>kan</rt></ruby><ruby>字<rp>（</rp><rt>ji</rt><rp>）</rp></ruby>')).toEqual([
      '漢(kan)字（ji）',
    ])
  })

  test('spaces of the source are those one saw', () => {
    expect(read('<p>  a <b> b</b>\n</p>\n<p>&nbsp;&nbsp;c&nbsp;d</p>')).toEqual(['a b', '  c d'])
    expect(read('<p>第一\n第二</p><p>one\ntwo</p><p>中\nb</p>')).toEqual(['第一第二', 'one two', '中 b'])
    expect(read('<span style="white-space: pre-wrap">a  b\n\tc</span>')).toEqual(['a  b', '\tc'])
  })

  test('what was not seen is not pasted', () => {
    const html =
      '<title>t</title><style>p{}</style><!-- c --><script>alert(1)</script><p onclick="x()">a<span style="display:none">b</span><span hidden>c</span></p>' +
      '<!--[if gte mso 9]><xml>z</xml><![endif]--><p><span style="mso-hide:all">d</span></p><svg><text>e</text></svg><template>f</template>'
    expect(read(html)).toEqual(['a'])
  })
})

describe('formats', () => {
  test('bold, italic, struck and code, by element or style; what is normal is', () => {
    expect(
      readHtml(
        '<b style="font-weight:normal" id="docs-internal-guid-1">a<span style="font-weight:700">b</span></b><i>c</i><del>d</del><code>e <b>f</b></code>',
      ),
    ).toEqual([
      {
        type: 'paragraph',
        spans: [
          { type: 'text', text: 'a' },
          { type: 'text', text: 'b', marks: ['bold'] },
          { type: 'text', text: 'c', marks: ['italic'] },
          { type: 'text', text: 'd', marks: ['strike'] },
          { type: 'text', text: 'e f', marks: ['code'] },
        ],
      },
    ])
  })

  test('source text is code, to the letter, with its language', () => {
    expect(readHtml('<pre><code class="language-python">def f():\n    return "*a*"\n\n# b\n</code></pre>')).toEqual([
      { type: 'code', text: 'def f():\n    return "*a*"\n\n# b', language: 'python' },
    ])
    expect(readHtml('<pre>a<br>  b</pre><pre><div>x</div><div>y</div></pre>')).toEqual([
      { type: 'code', text: 'a\n  b', language: '' },
      { type: 'code', text: 'x\ny', language: '' },
    ])
  })

  test('quotes are quotes', () => {
    expect(read('<blockquote><p>a</p><p>b</p></blockquote>c<blockquote>d<br>e</blockquote>')).toEqual([
      '> a',
      '> b',
      'c',
      '> d',
      '> e',
    ])
  })

  test('links are encoded where they must be; what cannot be one is text', () => {
    const href = (html: string) => readHtml(html).flatMap(block => (block.type === 'paragraph' ? block.spans : []))
    expect(href('<a href="https://a.cn/a b"><b>链接</b></a>')).toEqual([
      { type: 'link', text: '链接', href: 'https://a.cn/a%20b', marks: ['bold'] },
    ])
    expect(href('<a href="mailto:a@b.cn?subject=年度 计划">信</a>')).toEqual([
      { type: 'link', text: '信', href: 'mailto:a@b.cn?subject=年度%20计划' },
    ])
    expect(href('见 <a href="https://a.cn/x">这里</a> 好')).toEqual([
      { type: 'text', text: '见 ' },
      { type: 'link', text: '这里', href: 'https://a.cn/x' },
      { type: 'text', text: ' 好' },
    ])
    expect(href('<a href="javascript:alert(1)">坏</a><a href="/x">近</a>')).toEqual([{ type: 'text', text: '坏近' }])
    const long = `https://sso.example/?x=${'y'.repeat(3000)}`
    expect(read(`<a href="${long}">登录</a> <a href="${long}">${long}</a>`)).toEqual([`登录 (${long}) ${long}`])
  })
})

test.each([
  ['<math><mfrac><mn>1</mn><mn>2</mn></mfrac></math>', '1/2'],
  [
    '<math><mrow><mn>3</mn><mo>+</mo><mfrac><mrow><mi>a</mi><mo>+</mo><mn>1</mn></mrow><mi>b</mi></mfrac></mrow></math>',
    '3+(a+1)/b',
  ],
  ['<math><msup><mn>10</mn><mn>6</mn></msup><mo>=</mo><msub><mi>x</mi><mi>i</mi></msub></math>', '10⁶=xᵢ'],
  ['<math><msup><mrow><mi>a</mi><mo>+</mo><mi>b</mi></mrow><mn>2</mn></msup></math>', '(a+b)²'],
  [
    '<math><msqrt><mi>x</mi><mo>+</mo><mn>1</mn></msqrt><mo>,</mo><mroot><mi>y</mi><mn>3</mn></mroot></math>',
    '√(x+1),³√y',
  ],
  [
    '<math><semantics><mrow><mfrac><mn>1</mn><mn>2</mn></mfrac></mrow><annotation encoding="x">\\frac12</annotation></semantics></math>',
    '1/2',
  ],
  ['<math><mi>x</mi><mo>=</mo><mn>1</mn></math>', 'x=1'],
  [
    '<math><mtable><mtr><mtd><mn>1</mn></mtd><mtd><mn>2</mn></mtd></mtr><mtr><mtd><mn>3</mn></mtd><mtd><mn>4</mn></mtd></mtr></mtable></math>',
    '(1, 2), (3, 4)',
  ],
  ['状态 <select><option>未开始</option><option selected>进行中</option></select> 完', '状态 进行中 完'],
  ['<select><option> 全部 </option><option>一</option></select>', '全部'],
  [
    '<select multiple><option selected>甲</option><option>乙</option><option selected label="丙">c</option></select>',
    '甲, 丙',
  ],
  ['<select multiple><option>甲</option></select>x', 'x'],
  ['<select></select>x', 'x'],
])('%s is pasted as %s', (html, text) => {
  expect(read(html)).toEqual([text])
})
