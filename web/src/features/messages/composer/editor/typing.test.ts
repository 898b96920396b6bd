import { describe, expect, test } from 'vitest'
import { Typist } from './testing/typist'

/** What ordinary people type that Markdown would spoil. Each stays as it is, to the letter. */
const ordinary = [
  'rm -f *.log *.tmp',
  '0 2 * * * /usr/bin/backup --keep *.sql',
  '*/5 * * * * cd /srv && ./run >> a_b_c.log 2>&1',
  '__init__',
  '__init__.py 和 __main__',
  'self.__dict__ = __x__',
  '2 * 3 * 4 = 24',
  '2*3*4=24',
  '好的 ~~ 明天见 ~~',
  '好的~~明天见~~',
  'snake_case_name another_one_here',
  'def f(*args, **kwargs): pass',
  'f(*a,*b) g(**c,**d)',
  'a*b*c',
  '*a*b*c',
  '*注意*事项*',
  '_注意_事项',
  '客户*张*先生',
  '*张*的合同',
  '_a_b_c',
  '_no_reply_@example.cn',
  '_private_',
  'self._private_ = _name_',
  '调用 _private_ 方法',
  'foo(_bar_, _id2_)',
  'y = `z`',
  'const y = `z`;',
  'x=`a b`',
  '~~a~~b',
  'char *p, *q; **argv',
  'ls *.log|wc *.txt',
  'ls *.a,*.b',
  'src/**/*.ts **/*.js',
  'C:\\*\\**.log',
  '^\\d*(a|b)*_[^*]+_$',
  '手机 138****1234 身份证 3101**********1234',
  '*_* >_< -_- ^_^ T_T o_o _(:з」∠)_',
  '(´･ω･`) (´･ω･`)',
  '(`・ω・´) 和 (`・ω・´)',
  'SELECT COUNT(*), SUM(*) FROM a_b',
  'don`t and can`t',
  'a`b`c',
  '{`x`}y',
  '5 > 3 < 7',
  '> 5000 元的订单',
  '> 3 天',
  '- 5℃ 到 - 3℃',
  '2026. 年度计划',
  '007. 邦德',
  '1.5 倍',
  '0. 零',
  '# 不是标题',
  '* 星号开头',
  '+ 加号开头',
  '~~~',
  '说 "引号" 和 \'单引号\' -- 破折号 ... 省略 (c) -> => 1/2',
  '  前面两个空格   中间三个\t制表',
  '不换行\u00a0空格　全角空格',
  '[链接](https://example.cn/a) ![图](x)',
  '$x_1 + x_2$ 和 $$a*b*c$$',
  '<b>不是粗体</b> &amp; &nbsp;',
  '|a|b|\n|-|-|',
  'https://example.cn/a_b_c?d=*e*&f=__g__',
  '****',
  '** **',
  '* *',
  '``',
  '__',
  '👩‍👩‍👧 𠮷野家 é',
]

test.each(ordinary)('typed, it stays text: %s', text => {
  const typist = new Typist().type(text)
  expect(typist.text).toBe(text)
  expect(typist.formats).toEqual([])
})

test.each(ordinary)('pasted, it stays text: %s', text => {
  const typist = new Typist().paste({ 'text/plain': text })
  expect(typist.text).toBe(text)
  expect(typist.formats).toEqual([])
})

describe('signs that touch what stands between them', () => {
  test.each([
    ['*x*', 'x', 'italic'],
    ['_x_', 'x', 'italic'],
    ['_两个 词_', '两个 词', 'italic'],
    ['_so much_', 'so much', 'italic'],
    ['**重要**', '重要', 'bold'],
    ['**重要！**', '重要！', 'bold'],
    ['请看：**两个 词**', '请看：两个 词', 'bold'],
    ['~~作废~~', '作废', 'strike'],
    ['`a_b`', 'a_b', 'code'],
    ['运行`npm ci`', '运行npm ci', 'code'],
    ['(`f(x)`', '(f(x)', 'code'],
  ])('%s', (typed, text, format) => {
    const typist = new Typist().type(typed)
    expect(typist.text).toBe(text)
    expect(typist.formats).toEqual([format])
    expect(typist.undo().text).toBe(typed)
    expect(typist.formats).toEqual([])
  })

  test('Backspace right behind brings the signs back, too', () => {
    const typist = new Typist().type('**a**').press('Backspace')
    expect(typist.text).toBe('**a**')
    expect(typist.formats).toEqual([])
  })

  test('what follows has the format no longer', () => {
    const typist = new Typist().type('**a** 后面')
    expect(typist.text).toBe('a 后面')
    expect(typist.content.blocks).toEqual([
      {
        type: 'paragraph',
        spans: [
          { type: 'text', text: 'a', marks: ['bold'] },
          { type: 'text', text: ' 后面' },
        ],
      },
    ])
  })

  test('never across code', () => {
    const typist = new Typist().type('*a `b` c*')
    expect(typist.text).toBe('*a b c*')
    expect(typist.formats).toEqual(['code'])
  })

  test.each(['**重要**的事', '~~作废~~的单', '`npm`命令'])(
    'of the other signs Chinese may follow at once: %s',
    typed => {
      expect(new Typist().type(typed).formats).toHaveLength(1)
    },
  )

  test('text that comes at once is no typing', () => {
    expect(new Typist().insert('*x*').text).toBe('*x*')
    expect(new Typist().type('*x').insert('y*').text).toBe('*xy*')
  })
})

describe('lists and quotes', () => {
  test('begin with their sign and a space; undone it is back', () => {
    for (const [typed, kind] of [
      ['- 甲', 'list'],
      ['3. 同意第三点', 'list'],
      ['> 引用', 'quote'],
    ] as const) {
      const typist = new Typist().type(typed)
      expect(typist.formats).toEqual([kind])
      expect(typist.text).toBe(typed)
    }
    expect(new Typist().type('- ').press('Backspace').text).toBe('- ')
    expect(new Typist().type('> ').press('Backspace').text).toBe('> ')
  })

  test('the number stays, also when a paragraph comes between', () => {
    const typist = new Typist().type('1. 一\n二\n\n中间\n3. 三')
    expect(typist.text).toBe('1. 一\n2. 二\n中间\n3. 三')
    expect(typist.content.blocks.map(block => block.type === 'list' && block.start)).toEqual([undefined, false, 3])
  })

  test.each(['- - 嵌套', '> > 更早的', '1. - 5℃', '- 1. 步骤', '- > 0', '> - 3'])(
    'a sign behind the one that began it is text: %s',
    text => expect(new Typist().type(text).text).toBe(text),
  )

  test('signs typed where an item has one already are that one', () => {
    expect(new Typist().type('1. 一\n2. 二\n3. 三').text).toBe('1. 一\n2. 二\n3. 三')
    expect(new Typist().type('- 一\n- 二').text).toBe('- 一\n- 二')
    expect(new Typist().type('> 一\n> 二').text).toBe('> 一\n> 二')
    expect(new Typist().type('- 一\n- 3 个').text).toBe('- 一\n- 3 个')
    expect(new Typist().type('> 一\n> 5 个').text).toBe('> 一\n> 5 个')
    expect(new Typist().type('5. 一\n7. 二').text).toBe('5. 一\n7. 二')
    expect(new Typist().type('1. 一\n- 二\n- 三').text).toBe('1. 一\n- 二\n- 三')
  })
})

describe('code', () => {
  test.each([
    ['Enter', {}],
    ['Shift+Enter', { shiftKey: true }],
  ])('``` and %s begin it, with the language; undone the signs are back', (_, keys) => {
    for (const [typed, language] of [
      ['```', ''],
      ['```c++', 'c++'],
    ] as const) {
      const typist = new Typist().type(typed).press('Enter', keys).type('a *b* `c`')
      expect(typist.content.blocks).toEqual([{ type: 'code', text: 'a *b* `c`', language }])
      expect(typist.wanted).toEqual([])
      expect(new Typist().type(typed).press('Enter', keys).undo().text).toBe(typed)
    }
  })

  test('a line of ``` ends it', () => {
    expect(new Typist().type('```sh\na_b\n```\n后面 *x* ').content.blocks.map(block => block.type)).toEqual([
      'code',
      'paragraph',
    ])
    const typist = new Typist().type('说明\n```\nrm *.a *.b\n```').press('Enter')
    expect(typist.wanted).toEqual(['send'])
    expect(typist.content.blocks[1]).toEqual({ type: 'code', text: 'rm *.a *.b', language: '' })
  })

  test('``` within a line is text', () => {
    const typist = new Typist().type('用 ``` 包起来').press('Enter')
    expect(typist.wanted).toEqual(['send'])
    expect(typist.text).toBe('用 ``` 包起来')
  })
})
